"""A connection to the warehouse for loading one table, which nobody else loads meanwhile."""

from collections.abc import Generator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql

from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.database.sources.synced_tables import SyncedTable
from buster_jobs.packages.warehouse.errors import warehouse_failure
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.target import PARTS

_OTHERS_SECONDS = 10
"""How long another load of the table is waited for: one whose worker was killed ends as soon as PostgreSQL notices."""


@contextmanager
def loading_connection(synced: SyncedTable, seconds: float) -> Generator[psycopg.Connection]:
    """A connection with autocommit, in UTC; its statements end after `seconds`, and its schemas exist.

    Raises our errors for PostgreSQL's, also for those of the block.
    """
    connection = own_connection()
    try:
        connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{_OTHERS_SECONDS}s"])
        connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"buster sync {synced.id}"])
        connection.execute("SELECT set_config('statement_timeout', %s, false)", [f"{round(seconds * 1000)}ms"])
        # A cursor's newest value is kept as text, which other engines read too.
        connection.execute("SET TIME ZONE 'UTC'")
        for schema in (PARTS, data_source_schema(synced.data_source_id)):
            _ensure_schema(connection, schema)
        yield connection
    except psycopg.Error as error:
        raise warehouse_failure(error, synced.source_name) from None
    finally:
        connection.close()


def _ensure_schema(connection: psycopg.Connection, name: str) -> None:
    if connection.execute("SELECT to_regnamespace(%s)", [sql.Identifier(name).as_string()]).fetchone() != (None,):
        return
    with suppress(psycopg.errors.UniqueViolation):  # somebody else made it in the same moment
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))
