"""Data sources for syncs, each an empty real database of its engine, filled and read by the engine's own driver."""

import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import psycopg
import pymysql
from sqlalchemy import URL

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.server.engine import database_url
from buster_jobs.packages.database.sources.synced_tables import SyncedTable, list_synced_tables
from buster_jobs.packages.warehouse.results import SyncResult
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.sync import SyncRequest, sync_data_source
from buster_jobs.packages.warehouse.table_choice import choose_all_tables, choose_table
from buster_jobs_tests.conftest import OrganizationWithChat

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Source:
    """`execute` runs SQL as the database's owner, past all that is ours, and answers with its rows."""

    engine: str
    url: str
    execute: Callable[..., Rows]
    id: UUID

    def choose(self, *tables: str, cursor: str | None = None, key: Sequence[str] | None = None) -> None:
        """Choose these tables for sync, or all of them."""
        catalog = connect(self.url).introspect()
        if not tables:
            choose_all_tables(self.id, catalog)
        for table in tables:
            choose_table(self.id, catalog, table, cursor=cursor, key=key)

    def sync(self, *tables: str, run_id: str | None = None, **options: Any) -> SyncResult:
        return sync_data_source(SyncRequest(self.id, run_id or str(uuid4()), tables, **options))

    def synced(self, table: str) -> SyncedTable:
        return next(found for found in list_synced_tables(self.id) if found.source_table == table)


def warehouse_rows(source: Source, query: str, *arguments: Any) -> Rows:
    """Rows of the warehouse, by psycopg alone; the source's schema is the search path."""
    url = database_url().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True, options="-c timezone=UTC") as connection:
        connection.execute(f'SET search_path TO "{data_source_schema(source.id)}"'.encode())
        cursor = connection.execute(query.encode(), arguments or None)
        return cursor.fetchall() if cursor.description else []


def copied(source: Source, table: str, order: str = "1") -> Rows:
    name = source.synced(table).warehouse_table.replace('"', '""')
    return warehouse_rows(source, f'SELECT * FROM "{name}" ORDER BY {order}')


@contextmanager
def postgres_source(url: URL, organization: OrganizationWithChat) -> Generator[Source]:
    clear = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(clear, autocommit=True, options="-c timezone=UTC") as owner:

        def execute(statement: str, *values: Any) -> Rows:
            cursor = owner.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

        yield Source("postgres", clear, execute, organization.add_data_source(clear, name="source").id)


@contextmanager
def mysql_source(organization: OrganizationWithChat) -> Generator[Source]:
    name = f"buster_sync_{uuid4().hex[:10]}"
    owner = pymysql.connect(host="127.0.0.1", user="root", autocommit=True)
    cursor = owner.cursor()
    for statement in (f"CREATE DATABASE {name}", f"USE {name}", "SET time_zone = '+00:00'", "SET sql_mode = ''"):
        cursor.execute(statement)

    def execute(statement: str, *values: Any) -> Rows:
        cursor.execute(statement, values or None)
        return list(cursor.fetchall())

    url = f"mysql://root@127.0.0.1/{name}"
    try:
        yield Source("mysql", url, execute, organization.add_data_source(url, name="source", type="mysql").id)
    finally:
        cursor.execute(f"DROP DATABASE {name}")
        owner.close()


@contextmanager
def sqlite_source(folder: Path, organization: OrganizationWithChat) -> Generator[Source]:
    path = folder / f"{uuid4().hex}.db"
    sqlite3.connect(path).close()

    def execute(statement: str, *values: Any) -> Rows:
        owner = sqlite3.connect(path)
        try:
            with owner:
                return owner.execute(statement, values).fetchall()
        finally:
            owner.close()

    url = f"sqlite:///{path.name}"
    yield Source("sqlite", url, execute, organization.add_data_source(url, name="source", type="sqlite").id)


@contextmanager
def duckdb_source(folder: Path, organization: OrganizationWithChat) -> Generator[Source]:
    path = folder / f"{uuid4().hex}.duckdb"

    def execute(statement: str, *values: Any) -> Rows:
        # Opened each time: a DuckDB file has one writer or many readers.
        with duckdb.connect(str(path)) as owner:
            result = owner.execute(statement, list(values))
            return result.fetchall() if result.description else []

    execute("SELECT 1")
    url = f"duckdb:///{path.name}"
    yield Source("duckdb", url, execute, organization.add_data_source(url, name="source", type="duckdb").id)
