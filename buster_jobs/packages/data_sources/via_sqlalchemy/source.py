"""A data source that is reached through its SQLAlchemy dialect: the adapter that `connect` returns."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlglot import exp

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.engines import BY_SCHEME, Engine
from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.guarded_source import (
    CONNECT_TIMEOUT,
    INTROSPECT_TIMEOUT,
    TEST_TIMEOUT,
    GuardedSource,
)
from buster_jobs.packages.data_sources.kill_timer import KillTimer
from buster_jobs.packages.data_sources.limits import Limits, Row, one_by_one, read_rows
from buster_jobs.packages.data_sources.own_database import IS_OUR_OWN, OurOwnDatabase, refuse_our_own
from buster_jobs.packages.data_sources.pool import Lifecycle, Pool, pool_of
from buster_jobs.packages.data_sources.source import QueryResult
from buster_jobs.packages.data_sources.time_box import within
from buster_jobs.packages.data_sources.url import parse_url
from buster_jobs.packages.data_sources.via_sqlalchemy.definitions import DEFINITIONS, Definition
from buster_jobs.packages.data_sources.via_sqlalchemy.failures import Server, connection_failure, query_failure
from buster_jobs.packages.data_sources.via_sqlalchemy.introspection import read_catalog
from buster_jobs.packages.errors import InvalidInput, TimedOut, Unavailable
from buster_jobs.packages.visibility import EVERYTHING, Visibility

KILL_GRACE = 2.0

T = TypeVar("T")


class SQLAlchemySource(GuardedSource):
    """Implements `DataSource` on a SQLAlchemy dialect. Layer (b) is what the session is told. Untested on real servers.

    Raises `ConfigurationError`, which names the command to run, when the driver is not installed.
    """

    def __init__(self, engine: Engine, definition: Definition, url: str, visibility: Visibility = EVERYTHING) -> None:
        super().__init__(visibility)
        parsed = parse_url(url, engine.schemes[0], definition.options)
        self._engine = engine
        self._definition = definition
        self._url: URL = definition.url(parsed)
        secrets = (parsed.password, parsed.options.get("credentials_base64"))
        self._server = Server(
            engine.name, f"{self._url.database} on {self._url.host}", tuple(secret for secret in secrets if secret)
        )
        engine.check_installed()

    def __repr__(self) -> str:
        return f"SQLAlchemySource({self._server.shown})"

    @property
    def dialect(self) -> str:
        """sqlglot's name of the engine's SQL."""
        return self._engine.dialect

    def test_connection(self) -> None:
        """Return if the server lets us in within 3 s."""
        self._open(TEST_TIMEOUT).close()

    def write_warnings(self) -> tuple[str, ...]:
        """One sentence: the rights are unchecked, because each of these engines keeps them in its own way."""
        return (f"What the user may do on {self._engine.name} is not checked: give us one that can only read.",)

    def read_catalog(self, *, counted: bool) -> Catalog:  # noqa: ARG002 - nothing is counted
        """All that the inspector finds."""
        return self._reading(INTROSPECT_TIMEOUT, INTROSPECT_TIMEOUT + 1, read_catalog)

    def run_unguarded(self, sql: str, limits: Limits) -> QueryResult:
        """Run `sql` in a transaction that is rolled back, under the kill timer."""

        def run(connection: Connection) -> QueryResult:
            started = time.monotonic()
            # Without parameters a driver reads % as a character.
            options = {"no_parameters": True, "stream_results": True}
            result = connection.exec_driver_sql(sql, execution_options=options)
            if not result.returns_rows:
                raise QueryFailed("The statement gave no rows: only queries may be run.")

            def next_row() -> Row | None:
                row = result.fetchone()
                return None if row is None else tuple(row)

            rows, truncated = read_rows(one_by_one(next_row, limits.bytes), limits.rows, limits.bytes)
            return QueryResult(sql, tuple(result.keys()), rows, truncated, time.monotonic() - started)

        return self._reading(limits.seconds, limits.kill_after, run)

    def sample_queries(self, table: Table, rows: int) -> tuple[str, ...]:
        """The first rows: the dialects share no way to sample a whole table."""
        names = (exp.to_identifier(column.name, quoted=True) for column in table.columns)
        source = exp.table_(table.name, db=table.schema, quoted=True)
        return (exp.select(*names).from_(source).limit(rows).sql(self.dialect),)

    def extracted_columns(self, table: Table) -> tuple[ExtractedColumn, ...]:
        """Raises `InvalidInput`: these engines are queried, and never copied."""
        raise InvalidInput(
            f"Tables of {self._engine.name}, such as {table.name}, cannot be copied: import a query's result."
        )

    def extract(
        self,
        request: Extract,
        seconds: float,  # noqa: ARG002 - nothing is read
    ) -> AbstractContextManager[Iterator[bytes]]:
        """Raises `InvalidInput` like `extracted_columns`."""
        self.extracted_columns(request.table)
        raise NotImplementedError

    def _reading(self, seconds: float, kill_after: float, read: Callable[[Connection], T]) -> T:
        with self._pool().lease(CONNECT_TIMEOUT) as connection, _killed_after(connection, kill_after) as timer:
            try:
                for statement in self._definition.session(seconds):
                    connection.exec_driver_sql(statement)
                return read(connection)
            except SQLAlchemyError as error:
                if timer.fired:
                    raise TimedOut(f"The query was stopped after {seconds:g} s: ask for less data.") from None
                raise query_failure(error, self._server) from None
            finally:
                with suppress(SQLAlchemyError):
                    connection.rollback()

    def _pool(self) -> Pool[Connection]:
        """Limits how many are open. Each is closed after its query: there is no common way to prove a session clean."""
        lifecycle = Lifecycle[Connection](
            open=self._open, reset=lambda _connection: False, is_alive=lambda _connection: False, close=_close
        )
        return pool_of(self._url, lambda: Pool(self._server.shown, lifecycle))

    def _open(self, seconds: float) -> Connection:
        try:
            return within(seconds, self._open_checked, _close)
        except OurOwnDatabase:
            raise
        except TimeoutError:
            raise Unavailable(f"{self._server.shown} did not answer in time: check the URL, and try again.") from None
        except Exception as error:  # noqa: BLE001, whatever it was, the connection could not be opened
            raise connection_failure(error, self._server) from None

    def _open_checked(self) -> Connection:
        opener = create_engine(self._url, poolclass=NullPool, connect_args=dict(self._definition.connect_args))
        connection = opener.connect()
        # A server that takes Redshift's protocol may be PostgreSQL, and even our own.
        if self.dialect == "redshift":
            try:
                refuse_our_own(connection.exec_driver_sql(IS_OUR_OWN).scalar_one())
                connection.rollback()
            except BaseException:
                _close(connection)
                raise
        return connection


def _killed_after(connection: Connection, seconds: float) -> KillTimer:
    def close() -> None:
        # The drivers share no cancel, but each stops when its connection is closed.
        with suppress(Exception):
            driver = connection.connection.driver_connection
            if driver is not None:
                getattr(driver, "cancel", driver.close)()

    return KillTimer(seconds, close, close, KILL_GRACE)


def _close(connection: Connection) -> None:
    with suppress(Exception):
        connection.close()


def open_source(url: str, visibility: Visibility) -> SQLAlchemySource:
    """What `connect` calls."""
    engine = BY_SCHEME[urlsplit(url.strip()).scheme.lower()]
    return SQLAlchemySource(engine, DEFINITIONS[engine.dialect], url, visibility)
