"""The base of every adapter: the guard checks each query against the catalog that the person who asks may see."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import TypeVar

from buster_jobs.packages.data_sources.catalog import Catalog, Table, visible_catalog
from buster_jobs.packages.data_sources.errors import QueryFailed, UnknownTable
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.source import RESULT_MAX_ROWS, QueryResult
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.visibility import EVERYTHING, Visibility

# Seconds that opening a connection, a test and reading the catalog may take.
CONNECT_TIMEOUT = 10.0
TEST_TIMEOUT = 3.0
INTROSPECT_TIMEOUT = 30.0
# Seconds for which a catalog is held; and when a query names an unknown table, so that a model which guesses names does
# not make us read the catalog for each guess.
MAX_AGE = 60.0
MIN_AGE_FOR_UNKNOWN = 2.0

T = TypeVar("T")


class GuardedSource(ABC):
    """Implements `DataSource`. The abstract methods are what each engine does in its own way."""

    def __init__(self, visibility: Visibility = EVERYTHING) -> None:
        self._visibility = visibility
        self._catalog = CatalogCache(lambda: visible_catalog(self.read_catalog(counted=False), visibility))

    @property
    @abstractmethod
    def dialect(self) -> str:
        """sqlglot's name of the engine's SQL."""

    @abstractmethod
    def test_connection(self) -> None:
        """See `DataSource`."""

    @abstractmethod
    def write_warnings(self) -> tuple[str, ...]:
        """See `DataSource`."""

    @abstractmethod
    def read_catalog(self, *, counted: bool) -> Catalog:
        """All that the connection may read, with row counts if `counted`."""

    @abstractmethod
    def run_unguarded(self, sql: str, limits: Limits) -> QueryResult:
        """Run `sql` under layers (b) and (c) only."""

    @abstractmethod
    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """See `DataSource`."""

    @abstractmethod
    def extract(self, request: Extract, seconds: float) -> AbstractContextManager[Iterator[bytes]]:
        """See `DataSource`."""

    @abstractmethod
    def sample_queries(self, table: Table, rows: int) -> tuple[str, ...]:
        """Our queries for a sample, the best first: where the database refuses one, the next is tried."""

    def sample(self, table: Table, rows: int, timeout: float = 30.0) -> QueryResult:
        """See `DataSource`."""
        *better, last = self.sample_queries(table, rows)
        for query in better:
            with suppress(QueryFailed):
                return self.run_unguarded(query, Limits(rows=2 * rows, seconds=timeout))
        return self.run_unguarded(last, Limits(rows=2 * rows, seconds=timeout))

    def introspect(self) -> Catalog:
        """Read the catalog afresh, with row counts."""
        catalog = visible_catalog(self.read_catalog(counted=True), self._visibility)
        self._catalog.put(catalog)
        return catalog

    def query(self, sql: str, *, max_rows: int = RESULT_MAX_ROWS, timeout: float = 30.0) -> QueryResult:
        """Run one read-only query that the guard lets through. `timeout` in seconds. Raises as `DataSource` says."""
        if max_rows < 1 or not 0 < timeout < 86_400:
            raise InvalidInput("Ask for at least one row, and for a timeout between 0 and 86400 s.")
        guarded = self._catalog.try_with(lambda catalog: guard_query(sql, catalog, self.dialect))
        return self.run_unguarded(guarded, Limits(rows=max_rows, seconds=timeout))


class CatalogCache:
    """Holds one catalog for at most `MAX_AGE` seconds of `clock`. Safe to share between threads."""

    def __init__(self, read: Callable[[], Catalog], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._held: tuple[Catalog, float] | None = None

    def put(self, catalog: Catalog) -> None:
        """Hold a catalog that was read just now."""
        with self._lock:
            self._held = (catalog, self._clock())

    def try_with(self, check: Callable[[Catalog], T]) -> T:
        """`check` of the held catalog; when that raises `UnknownTable`, once more with a fresh one."""
        try:
            return check(self._get(MAX_AGE))
        except UnknownTable:
            return check(self._get(MIN_AGE_FOR_UNKNOWN))

    def _get(self, max_age: float) -> Catalog:
        with self._lock:
            if self._held is None or self._clock() - self._held[1] > max_age:
                self._held = (self._read(), self._clock())
            return self._held[0]
