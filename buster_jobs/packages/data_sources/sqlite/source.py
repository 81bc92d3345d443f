"""A SQLite data source: the adapter that `connect` returns."""

import sqlite3
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.files import data_source_file, file_in
from buster_jobs.packages.data_sources.guarded_source import CONNECT_TIMEOUT, INTROSPECT_TIMEOUT, GuardedSource
from buster_jobs.packages.data_sources.kill_timer import KillTimer
from buster_jobs.packages.data_sources.limits import Limits, Row, one_by_one, read_rows
from buster_jobs.packages.data_sources.sampling import first_rows, sliced
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.data_sources.sqlite.connection import (
    allow_only_reading,
    connections,
    limit_seconds,
    open_connection,
)
from buster_jobs.packages.data_sources.sqlite.extraction import extracted_columns, extracting, quoted
from buster_jobs.packages.data_sources.sqlite.failures import query_failure
from buster_jobs.packages.data_sources.sqlite.introspection import read_catalog
from buster_jobs.packages.visibility import EVERYTHING, Visibility

KILL_GRACE = 2.0
LOOK_TIMEOUT = 300.0
"""Seconds that it may take to look at all values of a table, which decide what its columns are."""

T = TypeVar("T")


class SQLiteSource(GuardedSource):
    """Implements `DataSource` for a SQLite file below BUSTER_DATA_SOURCE_DIR."""

    def __init__(self, url: str, visibility: Visibility = EVERYTHING) -> None:
        super().__init__(visibility)
        self._name = file_in(url, "sqlite")

    def __repr__(self) -> str:
        return f"SQLiteSource({self._name})"

    @property
    def dialect(self) -> str:
        """sqlglot's name of SQLite's SQL."""
        return "sqlite"

    def test_connection(self) -> None:
        """Return if the file is there and is a database."""
        open_connection(self._path()).close()

    def write_warnings(self) -> tuple[str, ...]:
        """Always empty: the file is opened read-only."""
        return ()

    def read_catalog(self, *, counted: bool) -> Catalog:
        """All of the file's tables and views."""

        def read(connection: sqlite3.Connection) -> Catalog:
            return read_catalog(connection, counted=counted)

        return self._reading(INTROSPECT_TIMEOUT, read)

    def run_unguarded(self, sql: str, limits: Limits) -> QueryResult:
        """Run `sql` under the authorizer, the limits and the kill timer."""

        def run(connection: sqlite3.Connection) -> QueryResult:
            allow_only_reading(connection)
            limit_seconds(connection, limits.seconds)
            started = time.monotonic()
            columns, rows, truncated = _read(connection, sql, limits)
            return QueryResult(sql, columns, rows, truncated, time.monotonic() - started)

        return self._reading(limits.kill_after, run)

    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """See `DataSource`."""
        return self._reading(LOOK_TIMEOUT, lambda connection: extracted_columns(connection, table))

    @contextmanager
    def extract(self, request: Extract, seconds: float) -> Generator[Iterator[bytes]]:
        """See `DataSource`."""
        path = self._path()
        with (
            connections(path).lease(CONNECT_TIMEOUT) as connection,
            _killed_after(connection, seconds + 1),
            extracting(connection, path, request, seconds) as rows,
        ):
            yield rows

    def sample_queries(self, table: Table, rows: int) -> tuple[str, ...]:
        """See `GuardedSource`."""
        name = f"main.{quoted(table.name)}"
        first = first_rows(table, name, rows, quoted)
        # A view has no rowid, nor has every table.
        return (sliced(table, name, "rowid", rows, quoted), first) if table.row_count > rows else (first,)

    def _path(self) -> Path:
        # Resolved each time: a link or the folder's setting may have changed.
        return data_source_file(self._name)

    def _reading(self, seconds: float, read: Callable[[sqlite3.Connection], T]) -> T:
        path = self._path()
        with connections(path).lease(CONNECT_TIMEOUT) as connection, _killed_after(connection, seconds):
            try:
                return read(connection)
            except (sqlite3.Error, MemoryError) as error:
                raise query_failure(error, path) from None


def _killed_after(connection: sqlite3.Connection, seconds: float) -> KillTimer:
    def interrupt() -> None:
        with suppress(sqlite3.Error):
            connection.interrupt()

    return KillTimer(seconds, interrupt, interrupt, KILL_GRACE)


def _read(connection: sqlite3.Connection, sql: str, limits: Limits) -> tuple[tuple[str, ...], tuple[Row, ...], bool]:
    # `execute` takes one statement only.
    cursor = connection.execute(sql)
    rows, truncated = read_rows(one_by_one(cursor.fetchone, limits.bytes), limits.rows, limits.bytes)
    return tuple(column[0] for column in cursor.description or ()), rows, truncated


def open_source(url: str, visibility: Visibility) -> SQLiteSource:
    """What `connect` calls."""
    return SQLiteSource(url, visibility)
