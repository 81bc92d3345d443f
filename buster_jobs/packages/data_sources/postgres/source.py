"""A PostgreSQL data source: the adapter that `connect` returns."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.sql import Identifier

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.guarded_source import (
    CONNECT_TIMEOUT,
    INTROSPECT_TIMEOUT,
    TEST_TIMEOUT,
    GuardedSource,
)
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.postgres.address import parse_address
from buster_jobs.packages.data_sources.postgres.connection import connections, open_connection
from buster_jobs.packages.data_sources.postgres.extraction import extracted_columns, extracting
from buster_jobs.packages.data_sources.postgres.failures import query_failure
from buster_jobs.packages.data_sources.postgres.introspection import count_rows, read_catalog
from buster_jobs.packages.data_sources.postgres.privileges import write_warnings
from buster_jobs.packages.data_sources.postgres.reading import killed_after, run_query
from buster_jobs.packages.data_sources.postgres.transaction import read_only_transaction
from buster_jobs.packages.data_sources.row_counts import with_row_counts
from buster_jobs.packages.data_sources.sampling import first_rows
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.errors import TimedOut
from buster_jobs.packages.visibility import EVERYTHING, Visibility

T = TypeVar("T")


class PostgresSource(GuardedSource):
    """Implements `DataSource` for PostgreSQL 12 and newer."""

    def __init__(self, url: str, visibility: Visibility = EVERYTHING) -> None:
        super().__init__(visibility)
        self._address = parse_address(url)

    def __repr__(self) -> str:
        return f"PostgresSource({self._address.shown})"

    @property
    def dialect(self) -> str:
        """sqlglot's name of PostgreSQL's SQL."""
        return "postgres"

    def test_connection(self) -> None:
        """Return if the database lets us in within 3 s, on a connection of its own."""
        open_connection(self._address, TEST_TIMEOUT).close()

    def write_warnings(self) -> tuple[str, ...]:
        """What the role may do besides reading."""
        return self._reading("Reading the role's rights on", write_warnings)

    def read_catalog(self, *, counted: bool) -> Catalog:
        """What the role may SELECT."""

        def read(connection: psycopg.Connection[tuple[Any, ...]]) -> Catalog:
            catalog = read_catalog(connection)
            return with_row_counts(catalog, lambda table: count_rows(connection, table)) if counted else catalog

        return self._reading("Reading the catalog of", read)

    def run_unguarded(self, sql: str, limits: Limits) -> QueryResult:
        """See `run_query`."""
        return run_query(self._address, sql, limits)

    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """See `DataSource`."""
        return self._reading("Reading the columns of", lambda connection: extracted_columns(connection, table))

    @contextmanager
    def extract(self, request: Extract, seconds: float) -> Generator[Iterator[bytes]]:
        """See `DataSource`."""
        with extracting(self._address, request, seconds) as rows:
            yield rows

    def sample_queries(self, table: Table, rows: int) -> tuple[str, ...]:
        """See `GuardedSource`. Whole pages from anywhere in the table; views and foreign tables take no TABLESAMPLE."""
        name = Identifier(table.schema, table.name).as_string()
        first = first_rows(table, name, rows, _quoted)
        if table.row_count <= rows or table.kind == "view":
            return (first,)
        percent = min(100.0, 100.0 * rows / table.row_count)
        # A limit of `rows` would leave out the last pages of those that were drawn.
        return first_rows(table, f"{name} TABLESAMPLE SYSTEM ({percent:.12f})", 2 * rows, _quoted), first

    def _reading(self, what: str, read: Callable[[psycopg.Connection[tuple[Any, ...]]], T]) -> T:
        with (
            connections(self._address).lease(CONNECT_TIMEOUT) as connection,
            killed_after(connection, INTROSPECT_TIMEOUT + 1) as timer,
        ):
            try:
                with read_only_transaction(connection, INTROSPECT_TIMEOUT):
                    return read(connection)
            except psycopg.Error as error:
                if timer.fired:
                    raise TimedOut(f"{what} {self._address.shown} took too long.") from None
                raise query_failure(error, self._address) from None


def _quoted(name: str) -> str:
    return Identifier(name).as_string()


def open_source(url: str, visibility: Visibility) -> PostgresSource:
    """What `connect` calls."""
    return PostgresSource(url, visibility)
