"""Layer (b): a connection to a SQLite file that can only read, with limits and an authorizer."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from buster_jobs.packages.data_sources.guard.engines.sqlite import FUNCTIONS, IMPLIED, TABLES
from buster_jobs.packages.data_sources.pool import Lifecycle, Pool, pool_of
from buster_jobs.packages.data_sources.source import MAX_BYTES
from buster_jobs.packages.data_sources.sqlite.failures import connection_failure

BUSY_SECONDS = 5.0
# What SQLite may hold in this process, all of its connections together.
HEAP = 512 * 1024**2
# The progress handler is called after so many steps of SQLite's machine: some 10,000 times a second.
_STEPS = 10_000
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 300,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 100,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_PRAGMAS = (
    "query_only = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    f"hard_heap_limit = {HEAP}",
)
_FUNCTIONS = FUNCTIONS | IMPLIED


def connections(path: Path) -> Pool[sqlite3.Connection]:
    """At most so many at once; each is closed after its query, because opening one costs less than proving it clean."""
    lifecycle = Lifecycle[sqlite3.Connection](
        open=lambda _seconds: open_connection(path),
        reset=lambda _connection: False,
        is_alive=lambda _connection: False,
        close=_close,
    )
    return pool_of(("sqlite", path), lambda: Pool(path.name, lifecycle))


def open_connection(path: Path) -> sqlite3.Connection:
    """A read-only connection that another thread may interrupt. Raises `ConfigurationError`, `Unavailable`."""
    try:
        # as_uri escapes what would begin parameters of the URI: ? and #.
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        raise connection_failure(error, path) from None
    connection.text_factory = _text
    return connection


def limit_seconds(connection: sqlite3.Connection, seconds: float) -> None:
    """From now on SQLite itself ends a statement that runs longer."""
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), _STEPS)


def allow_only_reading(connection: sqlite3.Connection) -> None:
    """From now on SQLite asks the authorizer before each statement, which allows only reading the file's tables."""
    tables = {str(row[0]).casefold() for row in connection.execute("SELECT name FROM sqlite_schema")} | TABLES

    # Created before the authorizer is set, which would have to allow their creation.
    for table in TABLES:
        connection.execute(f"SELECT 1 FROM {table}('[]')").fetchall()  # noqa: S608, our own names

    def authorize(action: int, first: str | None, second: str | None, database: str | None, _view: str | None) -> int:
        match action:
            case sqlite3.SQLITE_SELECT | sqlite3.SQLITE_RECURSIVE:
                allowed = True
            case sqlite3.SQLITE_READ:
                name = (first or "").casefold()
                # Without a database and a column it is a name of WITH, or a subquery.
                in_query = database is None and not second
                allowed = in_query or (name in tables and not name.startswith("sqlite_"))
            case sqlite3.SQLITE_FUNCTION:
                allowed = (second or "").casefold() in _FUNCTIONS
            case _:
                allowed = False
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    connection.set_authorizer(authorize)


def _text(value: bytes) -> str:
    """SQLite's text may hold any bytes."""
    return value.decode("utf-8", "replace")


def _close(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        connection.close()
