"""A sample of a table's rows, spread over the table, at a cost that does not grow with it. Builds the SQL only."""

from collections.abc import Callable, Iterator

from buster_jobs.packages.data_sources.catalog import Table

_SLICES = 20


def first_rows(table: Table, name: str, rows: int, quote: Callable[[str], str]) -> str:
    """The rows that come first: for views, and for tables without a number to find rows by."""
    return f"SELECT {_columns(table, quote)} FROM {name} LIMIT {rows}"  # noqa: S608, quoted


def sliced(table: Table, name: str, key: str, rows: int, quote: Callable[[str], str]) -> str:
    """Some rows from each twentieth of the range of `key`, a number by which the engine finds rows quickly."""
    return " UNION ALL ".join(_slices(table, name, key, rows, quote))


def _slices(table: Table, name: str, key: str, rows: int, quote: Callable[[str], str]) -> Iterator[str]:
    low, high = f"(SELECT min({key}) FROM {name})", f"(SELECT max({key}) FROM {name})"  # noqa: S608, quoted
    for number in range(_SLICES):
        begin = f"{low} + ({high} - {low}) * {number} / {_SLICES}"
        end = f"{low} + ({high} - {low}) * {number + 1} / {_SLICES}"
        until = f"{key} < {end}" if number < _SLICES - 1 else f"{key} <= {high}"
        here = f"{key} >= {begin} AND {until}"
        rows_of_slice = f"SELECT {_columns(table, quote)} FROM {name} WHERE {here}"  # noqa: S608, quoted
        yield f"SELECT * FROM ({rows_of_slice} LIMIT {-(-rows // _SLICES)}) AS slice_{number}"  # noqa: S608, quoted


def _columns(table: Table, quote: Callable[[str], str]) -> str:
    return ", ".join(quote(column.name) for column in table.columns)
