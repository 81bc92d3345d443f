"""Reading a SQLite table: SQLite makes one line of text of each row. What a column holds decides its type.

A declared type is no more than a hint in SQLite, so each column's values are looked at first, in one pass.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from buster_jobs.packages.data_sources.catalog import Column, Table
from buster_jobs.packages.data_sources.extraction import NO_CHARACTER, Extract, ExtractedColumn, row_blocks
from buster_jobs.packages.data_sources.sqlite.connection import limit_seconds
from buster_jobs.packages.data_sources.sqlite.failures import query_failure
from buster_jobs.packages.errors import TimedOut

_BATCH = 1_000
_AT_ONCE = 600
"""Sums in one pass: SQLite's limit is 2,000 columns."""
_EMPTY = {
    "integer": "bigint",
    "number": "double precision",
    "date": "date",
    "timestamp": "timestamp without time zone",
}
"""The type of a column that holds no value yet, by its declared family; else text."""

_CHECKS = {
    "integer": "sum(typeof({0}) = 'integer')",
    "real": "sum(typeof({0}) = 'real')",
    "blob": "sum(typeof({0}) = 'blob')",
    # Exactly as SQLite and PostgreSQL both write them, so that nothing is lost and cursors compare alike.
    "date": "sum(typeof({0}) = 'text' AND {0} IS date({0}))",
    "timestamp": "sum(typeof({0}) = 'text' AND {0} IS datetime({0}))",
    "value": "count({0})",
}


def extracted_columns(connection: sqlite3.Connection, table: Table) -> tuple[ExtractedColumn, ...]:
    """The table's columns, each with the type that takes the values that are there now."""
    asked = [(place, name) for place, column in enumerate(table.columns) for name in _checks(column)]
    counts: list[dict[str, int]] = [{} for _ in table.columns]
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        sums = ", ".join(_CHECKS[name].format(quoted(table.columns[place].name)) for place, name in part)
        found = connection.execute(f"SELECT {sums} FROM {_name(table)}").fetchone()  # noqa: S608, quoted
        for (place, name), value in zip(part, found, strict=True):
            counts[place][name] = int(value or 0)
    return tuple(_column(column, count) for column, count in zip(table.columns, counts, strict=True))


def _checks(column: Column) -> list[str]:
    """Which checks a column needs: dates and times only where its type is declared as one."""
    return [name for name in _CHECKS if name not in ("date", "timestamp") or name == column.type]


def _column(column: Column, count: dict[str, int]) -> ExtractedColumn:
    kind = _type(column, count)
    return ExtractedColumn(column.name, kind, _expression(kind, quoted(column.name)))


def _type(column: Column, count: dict[str, int]) -> str:
    values = count["value"]
    if not values:
        return _EMPTY.get(column.type, "text")
    if count["integer"] == values:
        return "bigint"
    if count["integer"] + count["real"] == values:
        return "double precision"
    if count["blob"] == values:
        return "bytea"
    if column.type == "date" and count["date"] == values:
        return "date"
    return "timestamp without time zone" if column.type == "timestamp" and count["timestamp"] == values else "text"


def _expression(kind: str, name: str) -> str:
    if kind == "double precision":
        infinite = f"WHEN {name} > 1.7976931348623157e308 THEN 'Infinity' WHEN {name} < -1.7976931348623157e308"
        # 17 digits are enough for every double, and SQLite's own text of one has 15.
        return f"CASE {infinite} THEN '-Infinity' ELSE printf('%!.17g', {name}) END"
    if kind == "bytea":
        return f"'\\\\x' || hex({name})"
    if kind != "text":
        return name
    made = f"CASE typeof({name}) WHEN 'blob' THEN '\\x' || hex({name}) WHEN 'real' THEN printf('%!.17g', {name}) "
    made += f"ELSE {name} END"
    for old, new in (
        ("'\\'", "'\\\\'"),
        ("char(9)", "'\\t'"),
        ("char(10)", "'\\n'"),
        ("char(13)", "'\\r'"),
        ("char(0)", f"'{NO_CHARACTER}'"),
    ):
        made = f"replace({made}, {old}, {new})"
    return made


def quoted(name: str) -> str:
    """A name as SQLite takes it."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def extracting(
    connection: sqlite3.Connection, path: Path, extract: Extract, seconds: float
) -> Generator[Iterator[bytes]]:
    """The rows, in blocks of COPY's text. Raises `TimedOut` and what a query raises, from the iterator too."""
    limit_seconds(connection, seconds)
    connection.text_factory = bytes

    def read() -> Iterator[bytes]:
        try:
            cursor = connection.execute(_statement(extract))
            for block in row_blocks(_batches(cursor)):
                yield _valid(block)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise TimedOut(f"Reading {extract.table.name} took longer than {seconds:g} s.") from None
            raise query_failure(error, path) from None

    yield read()


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[bytes]]:
    while batch := cast("list[tuple[bytes]]", cursor.fetchmany(_BATCH)):
        yield [line for (line,) in batch]


def _valid(block: bytes) -> bytes:
    """SQLite's text may hold any bytes, PostgreSQL's only UTF-8."""
    try:
        block.decode()
    except UnicodeDecodeError:
        return block.decode("utf-8", "replace").encode()
    return block


def _statement(extract: Extract) -> str:
    # The column itself is tested: some functions of SQLite turn NULL into a value.
    fields = [
        f"CASE WHEN {quoted(column.name)} IS NULL THEN '\\N' ELSE {column.expression} END" for column in extract.columns
    ]
    return f"SELECT {_joined(fields)} FROM {_name(extract.table)}{_order(extract)}"  # noqa: S608, quoted


def _joined(fields: list[str]) -> str:
    """Joined as a balanced tree, because SQLite limits the depth of an expression."""
    if len(fields) == 1:
        return fields[0]
    middle = len(fields) // 2
    return f"({_joined(fields[:middle])} || char(9) || {_joined(fields[middle:])})"


def _name(table: Table) -> str:
    return f"main.{quoted(table.name)}"


def _order(extract: Extract) -> str:
    if extract.cursor is None:
        return ""
    order = f" ORDER BY {quoted(extract.cursor)}"
    if extract.since is None:
        return order
    return f" WHERE {quoted(extract.cursor)} >= {_literal(extract)}{order}"


def _literal(extract: Extract) -> str:
    since = extract.since or ""
    kind = next(column.type for column in extract.columns if column.name == extract.cursor)
    if kind == "bigint":
        return str(int(since))
    if kind == "double precision":
        return repr(float(since))
    return "'" + since.replace("'", "''") + "'"
