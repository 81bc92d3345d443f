"""A MySQL or MariaDB data source: the adapter that `connect` returns."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pymysql

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.guarded_source import (
    CONNECT_TIMEOUT,
    INTROSPECT_TIMEOUT,
    TEST_TIMEOUT,
    GuardedSource,
)
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.mysql.address import parse_address
from buster_jobs.packages.data_sources.mysql.connection import Connection, connections, killed_after, open_connection
from buster_jobs.packages.data_sources.mysql.extraction import extracted_columns, extracting, quoted
from buster_jobs.packages.data_sources.mysql.failures import query_failure
from buster_jobs.packages.data_sources.mysql.introspection import count_rows, read_catalog
from buster_jobs.packages.data_sources.mysql.privileges import write_warnings
from buster_jobs.packages.data_sources.mysql.reading import run_query
from buster_jobs.packages.data_sources.mysql.session import read_only_session
from buster_jobs.packages.data_sources.row_counts import with_row_counts
from buster_jobs.packages.data_sources.sampling import first_rows, sliced
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.errors import TimedOut
from buster_jobs.packages.visibility import EVERYTHING, Visibility

T = TypeVar("T")


class MySQLSource(GuardedSource):
    """Implements `DataSource` for MySQL 8 and MariaDB 10.6 and newer: the tables of the URL's database."""

    def __init__(self, url: str, visibility: Visibility = EVERYTHING) -> None:
        super().__init__(visibility)
        self._address = parse_address(url)

    def __repr__(self) -> str:
        return f"MySQLSource({self._address.shown})"

    @property
    def dialect(self) -> str:
        """sqlglot's name of MySQL's and MariaDB's SQL."""
        return "mysql"

    def test_connection(self) -> None:
        """Return if the database lets us in within 3 s, on a connection of its own."""
        open_connection(self._address, TEST_TIMEOUT).close()

    def write_warnings(self) -> tuple[str, ...]:
        """What the user may do besides reading."""
        return self._reading("Reading the user's rights on", write_warnings)

    def read_catalog(self, *, counted: bool) -> Catalog:
        """What the user may SELECT in the URL's database."""

        def read(connection: Connection) -> Catalog:
            catalog = read_catalog(connection, self._address.database)
            return with_row_counts(catalog, lambda table: count_rows(connection, table)) if counted else catalog

        return self._reading("Reading the catalog of", read)

    def run_unguarded(self, sql: str, limits: Limits) -> QueryResult:
        """See `run_query`."""
        return run_query(self._address, sql, limits)

    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """See `DataSource`."""
        return extracted_columns(table)

    @contextmanager
    def extract(self, request: Extract, seconds: float) -> Generator[Iterator[bytes]]:
        """See `DataSource`."""
        with extracting(self._address, request, seconds) as rows:
            yield rows

    def sample_queries(self, table: Table, rows: int) -> tuple[str, ...]:
        """See `GuardedSource`."""
        name = f"{quoted(table.schema)}.{quoted(table.name)}"
        first = first_rows(table, name, rows, quoted)
        if table.row_count <= rows or len(table.primary_key) != 1:
            return (first,)
        (key,) = table.primary_key
        is_number = table.column(key).type == "integer"
        return (sliced(table, name, quoted(key), rows, quoted), first) if is_number else (first,)

    def _reading(self, what: str, read: Callable[[Connection], T]) -> T:
        with (
            connections(self._address).lease(CONNECT_TIMEOUT) as connection,
            killed_after(connection, self._address, INTROSPECT_TIMEOUT + 1) as timer,
        ):
            try:
                with read_only_session(connection, INTROSPECT_TIMEOUT):
                    return read(connection)
            except (pymysql.MySQLError, OSError) as error:
                if timer.fired:
                    raise TimedOut(f"{what} {self._address.shown} took too long.") from None
                raise query_failure(error, self._address) from None


def open_source(url: str, visibility: Visibility) -> MySQLSource:
    """What `connect` calls."""
    return MySQLSource(url, visibility)
