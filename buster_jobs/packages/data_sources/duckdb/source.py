"""A DuckDB data source: the adapter that `connect` returns."""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.duckdb.extraction import extracted_columns, quoted, statement
from buster_jobs.packages.data_sources.duckdb.process import processes
from buster_jobs.packages.data_sources.duckdb.protocol import ReadCatalog, ReadLines, Request, RunQuery
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.files import data_source_file, file_in
from buster_jobs.packages.data_sources.guarded_source import (
    CONNECT_TIMEOUT,
    INTROSPECT_TIMEOUT,
    TEST_TIMEOUT,
    GuardedSource,
)
from buster_jobs.packages.data_sources.limits import Limits, Row
from buster_jobs.packages.data_sources.sampling import first_rows, sliced
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.visibility import EVERYTHING, Visibility


class DuckDBSource(GuardedSource):
    """Implements `DataSource` for a DuckDB file below BUSTER_DATA_SOURCE_DIR."""

    def __init__(self, url: str, visibility: Visibility = EVERYTHING) -> None:
        super().__init__(visibility)
        self._name = file_in(url, "duckdb")

    def __repr__(self) -> str:
        return f"DuckDBSource({self._name})"

    @property
    def dialect(self) -> str:
        """sqlglot's name of DuckDB's SQL."""
        return "duckdb"

    def test_connection(self) -> None:
        """Return if the file is there and is a database."""
        _ask(RunQuery(self._path(), "SELECT 1", rows=1, bytes=100, seconds=TEST_TIMEOUT))

    def write_warnings(self) -> tuple[str, ...]:
        """Always empty: the file is opened read-only."""
        return ()

    def read_catalog(self, *, counted: bool) -> Catalog:
        """All of the file's tables and views."""
        return cast("Catalog", _ask(ReadCatalog(self._path(), counted, INTROSPECT_TIMEOUT)))

    def run_unguarded(self, sql: str, limits: Limits) -> QueryResult:
        """Run `sql` on a locked, read-only instance in a process that is killed when it outlives its time."""
        started = time.monotonic()
        answer = _ask(RunQuery(self._path(), sql, limits.rows, limits.bytes, limits.seconds))
        columns, rows, truncated = cast("tuple[tuple[str, ...], tuple[Row, ...], bool]", answer)
        return QueryResult(sql, columns, rows, truncated, time.monotonic() - started)

    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """See `DataSource`."""
        return extracted_columns(table)

    @contextmanager
    def extract(self, request: Extract, seconds: float) -> Generator[Iterator[bytes]]:
        """See `DataSource`."""
        asked = ReadLines(self._path(), statement(request), seconds)
        with processes().lease(CONNECT_TIMEOUT) as process:
            yield process.lines(asked)

    def sample_queries(self, table: Table, rows: int) -> tuple[str, ...]:
        """See `GuardedSource`."""
        name = f"{quoted(table.schema)}.{quoted(table.name)}"
        first = first_rows(table, name, rows, quoted)
        # A view has no rowid.
        return (sliced(table, name, "rowid", rows, quoted), first) if table.row_count > rows else (first,)

    def _path(self) -> str:
        # Resolved each time: a link or the folder's setting may have changed.
        return str(Path(data_source_file(self._name)))


def _ask(request: Request) -> object:
    with processes().lease(CONNECT_TIMEOUT) as process:
        return process.ask(request)


def open_source(url: str, visibility: Visibility) -> DuckDBSource:
    """What `connect` calls."""
    return DuckDBSource(url, visibility)
