"""Reading a MySQL or MariaDB table: the server makes one line of text of each row, and PyMySQL passes it on."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pymysql

from buster_jobs.packages.data_sources.catalog import Column, Table
from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.extraction import NO_CHARACTER, Extract, ExtractedColumn, row_blocks
from buster_jobs.packages.data_sources.guarded_source import CONNECT_TIMEOUT
from buster_jobs.packages.data_sources.mysql.address import Address
from buster_jobs.packages.data_sources.mysql.connection import abandon, connections, killed_after
from buster_jobs.packages.data_sources.mysql.failures import query_failure
from buster_jobs.packages.data_sources.mysql.session import read_only_session, run
from buster_jobs.packages.errors import TimedOut

_INTEGERS = {
    "tinyint": "smallint",
    "smallint": "smallint",
    "mediumint": "integer",
    "int": "integer",
    "bigint": "bigint",
    "year": "smallint",
}
_UNSIGNED = {"smallint": "integer", "integer": "bigint", "bigint": "numeric(20,0)"}


def extracted_columns(table: Table) -> tuple[ExtractedColumn, ...]:
    """The table's columns, each with the type that takes its values."""
    return tuple(_column(column) for column in table.columns)


def _column(column: Column) -> ExtractedColumn:
    spelt = column.sql_type.lower()
    base = spelt.partition("(")[0].partition(" ")[0]
    make = _TEXT if column.type == "json" else _MAKERS.get(base, _GEOMETRY)
    kind, expression = make(base, spelt, quoted(column.name))
    return ExtractedColumn(column.name, "json" if column.type == "json" else kind, expression)


def _integer(base: str, spelt: str, name: str) -> tuple[str, str]:
    kind = _INTEGERS[base]
    return (_UNSIGNED[kind] if "unsigned" in spelt else kind), name


def _decimal(base: str, spelt: str, name: str) -> tuple[str, str]:
    return f"numeric{spelt.removeprefix(base).partition(' ')[0]}", name


def _moment(base: str, spelt: str, name: str) -> tuple[str, str]:
    # Days that no calendar has, such as 0000-00-00, are how these servers spell "unknown".
    value = f"IF(DAYOFMONTH({name}) = 0 OR MONTH({name}) = 0 OR YEAR({name}) = 0, NULL, {name})"
    if base == "date":
        return "date", value
    digits = spelt.partition("(")[2].partition(")")[0] or "0"
    if base == "timestamp":
        return f"timestamp({digits}) with time zone", f"CONCAT({value}, '+00')"
    return f"timestamp({digits}) without time zone", value


def _escaped(value: str) -> str:
    """The value as UTF-8, escaped."""
    made = f"CONVERT({value} USING utf8mb4)"
    for old, new in (
        ("'\\\\'", "'\\\\\\\\'"),
        ("'\\t'", "'\\\\t'"),
        ("'\\n'", "'\\\\n'"),
        ("'\\r'", "'\\\\r'"),
        ("'\\0'", f"'{NO_CHARACTER}'"),
    ):
        made = f"REPLACE({made}, {old}, {new})"
    return made


def quoted(name: str) -> str:
    """A name as MySQL takes it."""
    return "`" + name.replace("`", "``") + "`"


_Maker = Callable[[str, str, str], tuple[str, str]]
"""From a type's name, its whole spelling and a column's name to PostgreSQL's type and the expression."""


def _as(kind: str, expression: str = "{}") -> _Maker:
    return lambda _base, _spelt, name: (kind, expression.format(name))


_TEXT: _Maker = lambda _base, _spelt, name: ("text", _escaped(name))  # noqa: E731 - one of many makers
_GEOMETRY: _Maker = lambda _base, _spelt, name: ("text", _escaped(f"ST_AsText({name})"))  # noqa: E731 - as above

_MAKERS: dict[str, _Maker] = {
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(("decimal", "numeric"), _decimal),
    **dict.fromkeys(("date", "datetime", "timestamp"), _moment),
    **dict.fromkeys(("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"), _TEXT),
    **dict.fromkeys(("inet4", "inet6"), _TEXT),
    **dict.fromkeys(
        ("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"),
        _as("bytea", "CONCAT('\\\\\\\\x', HEX({}))"),
    ),
    # As a double: the text of a FLOAT has six digits.
    "float": _as("real", "({} + 0e0)"),
    "double": _as("double precision"),
    "bit": _as("numeric(20,0)", "({} + 0)"),
    "time": _as("interval"),
    # As text: beside a UUID, IF converts any other text to one.
    "uuid": _as("uuid", "CAST({} AS CHAR)"),
}
"""All other types are geometries."""

_BATCH = 1_000


@contextmanager
def extracting(address: Address, extract: Extract, seconds: float) -> Generator[Iterator[bytes]]:
    """The rows, in blocks of COPY's text. Raises `TimedOut` and what a query raises, from the iterator too."""
    with (
        connections(address).lease(CONNECT_TIMEOUT) as connection,
        killed_after(connection, address, seconds + 1) as timer,
    ):

        def explained(error: Exception) -> Exception:
            if timer.fired:
                return TimedOut(f"Reading {extract.table.name} took longer than {seconds:g} s.")
            return query_failure(error, address)

        def read(cursor: Any) -> Iterator[bytes]:
            try:
                yield from row_blocks(_batches(cursor))
            except (pymysql.MySQLError, OSError) as error:
                raise explained(error) from None

        with read_only_session(connection, seconds):
            cursor = connection.cursor()
            try:
                # The server waits while we write into the warehouse.
                run(connection, f"SET SESSION time_zone = '+00:00', net_write_timeout = {round(seconds) + 60}")
                cursor.execute(_statement(extract))
            except (pymysql.MySQLError, OSError) as error:
                raise explained(error) from None
            try:
                yield read(cursor)
            except BaseException:
                abandon(connection)
                raise
            cursor.close()


def _batches(cursor: Any) -> Iterator[list[bytes]]:
    while batch := cast("list[tuple[bytes | None]]", cursor.fetchmany(_BATCH)):
        lines = [line for (line,) in batch if line is not None]
        if len(lines) < len(batch):
            raise QueryFailed("A row is larger than the server's max_allowed_packet: raise that, and sync again.")
        yield lines


def _statement(extract: Extract) -> str:
    # Not CONCAT_WS, which leaves out what became NULL because it was too large.
    fields = (f"IF({_null(column)}, '\\\\N', {column.expression})" for column in extract.columns)
    line = ", '\\t', ".join(fields)
    table = f"{quoted(extract.table.schema)}.{quoted(extract.table.name)}"
    return f"SELECT CAST(CONCAT({line}) AS BINARY) FROM {table}{_order(extract)}"  # noqa: S608, quoted


def _null(column: ExtractedColumn) -> str:
    is_moment = column.type == "date" or column.type.startswith("timestamp")
    return f"({column.expression}) IS NULL" if is_moment else f"{quoted(column.name)} IS NULL"


def _order(extract: Extract) -> str:
    if extract.cursor is None:
        return ""
    order = f" ORDER BY {quoted(extract.cursor)}"
    if extract.since is None:
        return order
    since = extract.since.removesuffix("+00").replace("'", "''").replace("\\", "\\\\")
    return f" WHERE {quoted(extract.cursor)} >= '{since}'{order}"
