"""The interface that every engine's adapter implements, and through which the analyst and the syncs use it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn

MODEL_MAX_ROWS = 50
RESULT_MAX_ROWS = 5_000
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows as the driver gave them (Decimal, datetime, …). `sql` is what was executed, written anew by the guard."""

    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
    seconds: float


class DataSource(Protocol):
    """A customer's database, opened by `connect(url)`. Safe to share between threads.

    Retryable errors: `Unavailable` (network, no free connection, a busy server) and `TimedOut`. The others need a
    person or another query: `ConfigurationError` (credentials, TLS, a missing database), `QueryFailed`, `InvalidInput`.
    """

    @property
    def dialect(self) -> str:
        """sqlglot's name of the SQL that `query` takes, such as "postgres"."""
        ...

    def test_connection(self) -> None:
        """Return if the database answers within 3 s, else raise `Unavailable` or `ConfigurationError` saying why."""
        ...

    def write_warnings(self) -> tuple[str, ...]:
        """What the database would let our user do besides reading, a sentence each; empty for a reader's role.

        Raises `Unavailable`, `TimedOut`, `ConfigurationError`, `QueryFailed`.
        """
        ...

    def introspect(self) -> Catalog:
        """Read the catalog afresh, row counts included.

        Raises `Unavailable`, `TimedOut`, `ConfigurationError`, or `QueryFailed` when the role may not read it.
        """
        ...

    def query(self, sql: str, *, max_rows: int = RESULT_MAX_ROWS, timeout: float = 30.0) -> QueryResult:
        """Run one read-only query. `timeout` in seconds, from the moment in which a connection is free.

        Raises `QueryRefused` (the guard's reason), `QueryFailed` (the database's message), `TimedOut`, `Unavailable`,
        `ConfigurationError`, and `InvalidInput` for limits that make no sense.
        """
        ...

    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """The table's columns as `extract` reads them. Raises as `introspect` does."""
        ...

    def extract(self, request: Extract, seconds: float) -> AbstractContextManager[Iterator[bytes]]:
        """Whole rows in blocks of COPY's text, read by one statement within `seconds`, so as of one moment.

        Unguarded: for requests that we made ourselves. Raises as `query` does, from the iterator too.
        """
        ...

    def sample(self, table: Table, rows: int, timeout: float = 30.0) -> QueryResult:
        """About `rows` rows from all over the table, all of them if it has no more; of a view the first ones.

        Takes as long for a large table as for a small one. Raises as `query` does.
        """
        ...
