"""Running one query in batches, up to a number of rows and bytes, under the kill timer."""

import contextlib
import time
from collections.abc import Generator, Sequence
from typing import Any, TypeAlias

import psycopg
from psycopg import Column
from psycopg.postgres import types
from psycopg.sql import SQL, Identifier, Literal

from buster_jobs.packages.data_sources.guarded_source import CONNECT_TIMEOUT
from buster_jobs.packages.data_sources.kill_timer import KillTimer
from buster_jobs.packages.data_sources.limits import Limits, Row, read_rows
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.connection import connections, disconnect
from buster_jobs.packages.data_sources.postgres.failures import query_failure
from buster_jobs.packages.data_sources.postgres.transaction import read_only_transaction
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.errors import TimedOut

KILL_GRACE = 2.0
# What psycopg writes before the query; the server counts positions from its beginning.
_DECLARE = 'DECLARE "buster" NO SCROLL CURSOR FOR '

Cursor: TypeAlias = psycopg.ServerCursor[tuple[Any, ...]]


def run_query(address: Address, sql: str, limits: Limits) -> QueryResult:
    """Run `sql` on a clean connection, under layers (b) and (c) only.

    Raises `QueryFailed`, `TimedOut`, `Unavailable`, `ConfigurationError`.
    """
    with (
        connections(address).lease(min(CONNECT_TIMEOUT, limits.seconds)) as connection,
        killed_after(connection, limits.kill_after) as timer,
    ):
        started = time.monotonic()
        try:
            with read_only_transaction(connection, limits.seconds):
                columns, rows, truncated = _read(connection, sql, limits)
        except psycopg.Error as error:
            if timer.fired:
                raise TimedOut(f"The query was stopped after {limits.seconds:g} s: ask for less data.") from None
            raise query_failure(error, address, len(_DECLARE)) from None
        return QueryResult(sql, columns, rows, truncated, time.monotonic() - started)


def killed_after(connection: psycopg.Connection[Any], seconds: float) -> KillTimer:
    """Cancels on the server; a server that does not react loses its connection `KILL_GRACE` later."""

    def cancel() -> None:
        with contextlib.suppress(psycopg.Error, OSError):
            connection.cancel_safe(timeout=KILL_GRACE)

    return KillTimer(seconds, cancel, lambda: disconnect(connection), KILL_GRACE)


def _read(
    connection: psycopg.Connection[tuple[Any, ...]], sql: str, limits: Limits
) -> tuple[tuple[str, ...], tuple[Row, ...], bool]:
    # Declared and not yet run, so that the server says which columns there are.
    with _declared(connection, sql) as cursor:
        columns = cursor.description or []
        names = tuple(column.name for column in columns)
        around = bounded(connection, sql, columns, limits.bytes)
        if around is None:
            return names, *read_rows(lambda count: _fetch(cursor, count), limits.rows, limits.bytes)
    with _declared(connection, around) as cursor:
        return names, *read_rows(lambda count: _fetch_marked(cursor, count, limits), limits.rows, limits.bytes)


@contextlib.contextmanager
def _declared(connection: psycopg.Connection[tuple[Any, ...]], sql: str) -> Generator[Cursor]:
    # DECLARE takes only a query, and psycopg sends it by the extended protocol, which takes only one statement.
    with connection.cursor(name="buster", scrollable=False) as cursor:
        cursor.execute(sql.encode())
        yield cursor


def _fetch(cursor: Cursor, count: int) -> tuple[list[Row], list[int]]:
    rows = cursor.fetchmany(count)
    return [*rows], _lengths(cursor.pgresult)


def _fetch_marked(cursor: Cursor, count: int, limits: Limits) -> tuple[list[Row], list[int]]:
    rows, lengths = _fetch(cursor, count)
    # A marked row is empty, and stands for one that is longer than what may still come.
    marked = [limits.bytes + 1 if row[-1] else length for row, length in zip(rows, lengths, strict=True)]
    return [row[:-1] for row in rows], marked


def _lengths(result: psycopg.pq.abc.PGresult | None) -> list[int]:
    if result is None:
        return []
    columns = range(result.nfields)
    return [sum(len(result.get_value(row, column) or b"") for column in columns) for row in range(result.ntuples)]


# No value of these is longer than some kilobytes.
_NARROW = frozenset(
    types[name].oid
    for name in (
        "bool", "date", "float4", "float8", "inet", "int2", "int4", "int8", "interval", "money", "name",
        "numeric", "oid", "time", "timestamp", "timestamptz", "timetz", "uuid",
    )
)  # fmt: skip

_BEGIN = SQL(
    "SELECT {values}, bytes > {most} FROM (SELECT row.*, pg_catalog.sum({size})"
    " OVER (ROWS UNBOUNDED PRECEDING) AS bytes FROM (\n"
)
# Not pg_column_size, which counts a value as it is stored: compressed to a hundredth of what is sent.
_SIZE = SQL("coalesce(pg_catalog.octet_length({name}{as_text})::pg_catalog.int8, 0)")
_END = SQL("\n) AS row ({names})) AS counted")
_VALUE = SQL("CASE WHEN bytes <= {most} THEN {name} END AS {shown}")


def bounded(connection: psycopg.Connection[Any], query: str, columns: Sequence[Column], most_bytes: int) -> str | None:
    """A query around the query, of which about `most_bytes` bytes arrive; its last column says that a row was left out.

    libpq holds a whole row before anything can be counted, and a value may have a gigabyte. So the server counts: a row
    with which the sum exceeds `most_bytes`, and every later one, arrives as NULLs and a mark. None when all of
    `columns`, which are the query's, are of narrow types: such a result goes as it is.
    """
    if all(column.type_code in _NARROW for column in columns):
        return None
    names = [Identifier(f"c{index}") for index in range(len(columns))]
    most = Literal(most_bytes)
    values = SQL(", ").join(
        _VALUE.format(most=most, name=name, shown=Identifier(column.name))
        for name, column in zip(names, columns, strict=True)
    )
    size = SQL(" + ").join(
        _SIZE.format(name=name, as_text=_as_text(column))
        for name, column in zip(names, columns, strict=True)
        if column.type_code not in _NARROW
    )
    begin = _BEGIN.format(values=values, most=most, size=size).as_string(connection)
    return begin + query + _END.format(names=SQL(", ").join(names)).as_string(connection)


def _as_text(column: Column) -> SQL:
    # As text, a character(n) lacks the spaces at its end, which are sent.
    return SQL("" if column.type_code == types["bpchar"].oid else "::pg_catalog.text")
