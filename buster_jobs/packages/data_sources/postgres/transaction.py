"""Layer (b): what the server is told before it sees a query, so that it refuses by itself to write or to run long."""

import contextlib
from collections.abc import Generator
from typing import Any

import psycopg

LOCK_WAIT = 5.0
_SLACK = 5.0

# The guard reads a query by these settings; a server that is set otherwise would read another query.
_PINNED = {
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "intervalstyle": "postgres",
    "datestyle": "ISO",
    "bytea_output": "hex",
    # Else the server plans a cursor for its first tenth, and we read all of it.
    "cursor_tuple_fraction": "1",
}

# Tables are always named with their schema. Other names may mean the system's own, or operators of extensions.
_SEARCH_PATH = """
SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', 'pg_catalog', (
    SELECT pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(n.nspname), ', ')
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    WHERE n.nspname <> 'pg_catalog' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')), 'pg_temp'), true)
"""


@contextlib.contextmanager
def read_only_transaction(connection: psycopg.Connection[tuple[Any, ...]], timeout: float) -> Generator[None]:
    """A read-only transaction, always rolled back, whose statements the server ends after `timeout` seconds."""
    connection.execute("BEGIN TRANSACTION READ ONLY")
    try:
        _apply(connection, _PINNED | _limits(connection, timeout))
        connection.execute(_SEARCH_PATH)
        yield
    finally:
        # On a lost connection the server rolls back by itself.
        with contextlib.suppress(psycopg.Error):
            connection.execute("ROLLBACK")


def _limits(connection: psycopg.Connection[tuple[Any, ...]], timeout: float) -> dict[str, str]:
    limits = {
        "statement_timeout": timeout,
        "lock_timeout": min(timeout, LOCK_WAIT),
        "idle_in_transaction_session_timeout": timeout + _SLACK,
    }
    version = connection.info.server_version
    if version >= 140000:
        # When a worker is killed, its query runs on until the server checks the connection.
        limits["client_connection_check_interval"] = 2.0
    if version >= 170000:
        # statement_timeout begins anew with each batch of rows; this one does not.
        limits["transaction_timeout"] = timeout + _SLACK
    return {name: f"{max(1, round(seconds * 1000))}ms" for name, seconds in limits.items()}


def _apply(connection: psycopg.Connection[tuple[Any, ...]], settings: dict[str, str]) -> None:
    """Set for this transaction only: behind a pooler the session is not ours alone."""
    connection.execute(
        "SELECT pg_catalog.set_config(name, value, true)"
        " FROM ROWS FROM (pg_catalog.unnest(%s::text[]), pg_catalog.unnest(%s::text[])) AS s(name, value)",
        [list(settings), list(settings.values())],
    )
