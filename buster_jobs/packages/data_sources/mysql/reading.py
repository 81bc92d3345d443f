"""Running one query in batches, up to a number of rows and bytes, under the kill timer."""

import time

import pymysql
from pymysql.cursors import SSCursor

from buster_jobs.packages.data_sources.guarded_source import CONNECT_TIMEOUT
from buster_jobs.packages.data_sources.limits import Limits, Row, one_by_one, read_rows
from buster_jobs.packages.data_sources.mysql.address import Address
from buster_jobs.packages.data_sources.mysql.connection import (
    Connection,
    ResultTooLarge,
    abandon,
    connections,
    killed_after,
)
from buster_jobs.packages.data_sources.mysql.failures import query_failure
from buster_jobs.packages.data_sources.mysql.session import check_is_query, read_only_session
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.errors import TimedOut


def run_query(address: Address, sql: str, limits: Limits) -> QueryResult:
    """Run `sql` on a clean connection, under layers (b) and (c) only.

    Raises `QueryRefused`, `QueryFailed`, `TimedOut`, `Unavailable`, `ConfigurationError`.
    """
    check_is_query(sql)
    with connections(address).lease(min(CONNECT_TIMEOUT, limits.seconds)) as connection:
        return _run(connection, address, sql, limits)


def _run(connection: Connection, address: Address, sql: str, limits: Limits) -> QueryResult:
    started = time.monotonic()
    with killed_after(connection, address, limits.kill_after) as timer:
        try:
            with read_only_session(connection, limits.seconds):
                columns, rows, truncated = _read(connection, sql, limits)
        except (pymysql.MySQLError, OSError, ValueError) as error:
            if timer.fired:
                raise TimedOut(f"The query was stopped after {limits.seconds:g} s: ask for less data.") from None
            raise query_failure(error, address) from None
    return QueryResult(sql, columns, rows, truncated, time.monotonic() - started)


def _read(connection: Connection, sql: str, limits: Limits) -> tuple[tuple[str, ...], tuple[Row, ...], bool]:
    cursor = connection.cursor()
    cursor.execute(sql)
    columns = tuple(str(column[0]) for column in cursor.description or ())
    # Unless the end of the result is read, whatever prevents that, the connection is abandoned.
    truncated = True
    connection.bytes_left = limits.bytes
    try:
        fetch = one_by_one(lambda: _next_row(cursor, limits), limits.bytes)
        rows, truncated = read_rows(fetch, limits.rows, limits.bytes)
    finally:
        connection.bytes_left = None
        if truncated:
            abandon(connection)
    cursor.close()
    return columns, rows, truncated


def _next_row(cursor: SSCursor, limits: Limits) -> Row | None:
    try:
        return cursor.fetchone()
    except ResultTooLarge:
        # In place of the row that was not read: larger than the limit.
        return (bytes(limits.bytes + 1),)
