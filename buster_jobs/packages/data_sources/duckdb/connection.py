"""Layer (b): a connection to a DuckDB file that can only read it, reach nothing else, and change no setting."""

from pathlib import Path

import duckdb

from buster_jobs.packages.data_sources.duckdb.failures import connection_failure
from buster_jobs.packages.data_sources.errors import QueryRefused

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "access_mode": "read_only",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "512MB",
    "threads": "2",
    # Nothing is written to disk, even when memory runs out.
    "temp_directory": "",
    "max_temp_directory_size": "0KiB",
    "lock_configuration": "true",
}


def open_connection(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can only read. Raises `ConfigurationError` or `Unavailable`."""
    try:
        return duckdb.connect(str(path), read_only=True, config=_CONFIG)
    except duckdb.Error as error:
        raise connection_failure(error, path) from None


def check_is_query(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Refuse all but one query, by DuckDB's own parser: SET, CALL, PRAGMA and temporary tables work on read-only files.

    Raises `QueryRefused`, `duckdb.Error`.
    """
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QueryRefused("Only one query may be run (SELECT, WITH … SELECT, VALUES, FROM).")
