"""What a failure of SQLite means: retryable or not, in one sentence."""

import sqlite3
from pathlib import Path

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.errors import BusterError, ConfigurationError, TimedOut, Unavailable

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM}


def connection_failure(error: sqlite3.Error, path: Path) -> BusterError:
    """Why a file could not be opened."""
    code = _code(error)
    if code in _BUSY:
        return Unavailable(f"The file {path.name} is being written by another program: try again.")
    if code == sqlite3.SQLITE_NOTADB:
        return ConfigurationError(f"The file {path.name} is not a SQLite database.")
    return ConfigurationError(f"The file {path.name} could not be opened for reading: check its rights.")


def query_failure(error: sqlite3.Error | MemoryError, path: Path) -> BusterError:
    """Why a query failed."""
    if isinstance(error, MemoryError):
        return QueryFailed("The query needs more memory than it may have: ask for less data, or group it.")
    code = _code(error)
    if code == sqlite3.SQLITE_INTERRUPT:
        return TimedOut("The query was stopped because it took too long: ask for less data.")
    if code in _BUSY:
        return Unavailable(f"The file {path.name} is being written by another program: try again.")
    return QueryFailed(f"The database refused the query: {error}.")


def _code(error: sqlite3.Error) -> int:
    # Extended codes say more in their higher bytes.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
