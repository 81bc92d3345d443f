"""The transaction of a step of an import, which ends the transaction of an earlier attempt that is still open.

A step commits its data and its record together, so a step that is killed has changed nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import cast
from uuid import UUID

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.errors import DatabaseUnavailable, InvalidInput

_LOCK_SECONDS = 30
_HOLDERS = """
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND classid = :high AND objid = :low AND objsubid = 1 AND pid <> pg_backend_pid()
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_NOTICE_LOST_CLIENTS = """
SELECT set_config(name, '2s', true) FROM pg_settings WHERE name = 'client_connection_check_interval'
"""


@contextmanager
def import_transaction(id: UUID) -> Generator[Connection]:
    """A transaction that holds the import's lock. Raises `DatabaseUnavailable`, and `InvalidInput` for a broken rule.

    The engine lets one run with an import's id execute at a time, so another holder of the lock is a worker that was
    killed or has lost its lease: its connection is terminated, which rolls its transaction back.
    """
    try:
        with transaction() as connection:
            connection.execute(text(_NOTICE_LOST_CLIENTS))  # from PostgreSQL 14 on
            _take_over(connection, id)
            yield connection
    except psycopg.Error as error:
        raise import_failure(error) from None
    except DBAPIError as error:
        raise (import_failure(error.orig) if isinstance(error.orig, psycopg.Error) else error) from None


def driver_connection(connection: Connection) -> psycopg.Connection:
    """The psycopg connection below SQLAlchemy's, which COPY needs."""
    return cast("psycopg.Connection", connection.connection.driver_connection)


def import_failure(error: psycopg.Error) -> DatabaseUnavailable | InvalidInput | psycopg.Error:
    """Our error for one of psycopg. Only names are taken from PostgreSQL's messages, because they repeat rows."""
    state = error.sqlstate or "08000"
    if state.startswith("23"):
        rule = error.diag.constraint_name or f"NOT NULL of {error.diag.column_name}"
        return InvalidInput(f"The table refuses the rows: they break its rule {rule}. Nothing was loaded.")
    if state.startswith("54"):
        return InvalidInput("A value is too long for an index of the table. Nothing was loaded.")
    if state.startswith("22"):
        return InvalidInput("The table refuses a value that does not fit its column. Nothing was loaded.")
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return DatabaseUnavailable("PostgreSQL was lost, or was busy for too long, while an import worked: try again.")
    return error


def _take_over(connection: Connection, id: UUID) -> None:
    key = int.from_bytes(id.bytes[:8], signed=True)
    if connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": key}).scalar_one():
        return
    halves = {"high": key >> 32 & 0xFFFF_FFFF, "low": key & 0xFFFF_FFFF}
    connection.execute(text(_HOLDERS), halves)
    connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
    connection.execute(text("SET LOCAL lock_timeout = 0"))
