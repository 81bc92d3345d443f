"""What a failure of DuckDB means: retryable or not, in one sentence."""

from pathlib import Path

import duckdb

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.errors import BusterError, ConfigurationError, TimedOut, Unavailable


def connection_failure(error: duckdb.Error, path: Path) -> BusterError:
    """Why a file could not be opened."""
    said = str(error)
    if "lock" in said.lower() or isinstance(error, duckdb.ConnectionException):
        return Unavailable(f"The file {path.name} is open for writing in another program: try again when it is done.")
    return ConfigurationError(f"The file {path.name} could not be opened as a DuckDB database: check what it is.")


def query_failure(error: duckdb.Error) -> BusterError:
    """Why a query failed."""
    if isinstance(error, duckdb.InterruptException):
        return TimedOut("The query was stopped because it took too long: ask for less data.")
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryFailed("The query needs more memory than it may have: ask for less data, or group it.")
    return QueryFailed(f"The database refused the query: {' '.join(str(error).split())}")
