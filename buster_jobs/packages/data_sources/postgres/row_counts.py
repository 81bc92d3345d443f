"""Row counts where the server's estimate is missing or too rough, with bounded effort."""

import contextlib
import time
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.counting import COUNT_AT_MOST, COUNTED_BELOW, SECONDS_IN_ALL, SECONDS_PER_TABLE


def with_row_counts(connection: psycopg.Connection[tuple[Any, ...]], catalog: Catalog) -> Catalog:
    """The catalog with unknown (-1) and small estimates counted; 0 where counting took too long. In a transaction."""
    deadline = time.monotonic() + SECONDS_IN_ALL
    tables = [_counted(connection, table, deadline) for table in catalog.tables]
    return Catalog(tuple(tables))


def _counted(connection: psycopg.Connection[tuple[Any, ...]], table: Table, deadline: float) -> Table:
    if table.row_count >= COUNTED_BELOW:
        return table
    counted = _count(connection, table) if time.monotonic() < deadline else None
    return replace(table, row_count=max(0, table.row_count) if counted is None else counted)


def _count(connection: psycopg.Connection[tuple[Any, ...]], table: Table) -> int | None:
    query = sql.SQL("SELECT count(*) FROM (SELECT FROM {} LIMIT {}) AS t").format(
        sql.Identifier(table.schema, table.name), sql.Literal(COUNT_AT_MOST)
    )
    timeout = f"{round(SECONDS_PER_TABLE * 1000)}ms"
    # A view may be slow or broken: one table without a count is no reason to show none.
    with (
        contextlib.suppress(
            psycopg.errors.QueryCanceled,
            psycopg.errors.LockNotAvailable,
            psycopg.DataError,
            psycopg.ProgrammingError,
            psycopg.InternalError,
        ),
        connection.transaction(),
    ):
        connection.execute("SELECT pg_catalog.set_config('statement_timeout', %s, true)", [timeout])
        row = connection.execute(query).fetchone()
        return row[0] if row else None
    return None
