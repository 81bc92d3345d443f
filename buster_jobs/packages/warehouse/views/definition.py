"""Turns a query that a person wrote into the definition of a view, or refuses it with an explanation."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import DuplicateColumn
from psycopg.sql import SQL
from sqlglot import exp, parse_one

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.errors import UnknownTable
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs.packages.data_sources.guard.engines.postgres.rules import GuardedPostgres
from buster_jobs.packages.data_sources.postgres.introspection import read_catalog
from buster_jobs.packages.database.sources.data_sources import list_data_sources
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.schemas import data_source_schema, organization_schema
from buster_jobs.packages.warehouse.views.values import Relation

_LONGEST_NAME = 63


@dataclass(frozen=True, slots=True)
class Definition:
    """The query as the guard rewrote it, and the relations that it reads, without duplicates."""

    sql: str
    reads: tuple[Relation, ...]


def check_name(name: str) -> None:
    """Raises `InvalidInput` for a name that PostgreSQL would cut or refuse."""
    if not name.strip() or not name.isprintable() or len(name.encode()) > _LONGEST_NAME:
        raise InvalidInput(f"A view's name must be printable and have 1 to {_LONGEST_NAME} bytes.")


def define(query: str, catalog: Catalog) -> Definition:
    """Parse and check a view's query. Raises `QueryRefused`, and `InvalidInput` for an unknown table."""
    try:
        guarded = guard_query(query, catalog)
    except UnknownTable as error:
        known = ", ".join(sorted({table.name for table in catalog.tables})[:20])
        there = f"its warehouse has {known}" if known else "its warehouse is empty: sync a data source first"
        said = error.message.replace(" that this data source may read", " that this organization's views may read")
        raise InvalidInput(f"{said.rstrip('.')}; {there}.") from None
    tree = parse_one(guarded, dialect=GuardedPostgres)
    # The guard has put a schema before every table; a name without one comes from WITH.
    reads = {Relation(table.db, table.name): None for table in tree.find_all(exp.Table) if table.db}
    return Definition(guarded, tuple(reads))


def check_columns(connection: psycopg.Connection[tuple[Any, ...]], sql: str, unique_key: tuple[str, ...]) -> None:
    """Let the database parse the query, without running it.

    Raises `InvalidInput` for a query that it refuses, for duplicate column names, or a key that names no column.
    """
    try:
        with connection.transaction(force_rollback=True):
            # A view is parsed but not planned: the views that it reads may have no content yet.
            connection.execute(SQL("CREATE TEMPORARY VIEW probe AS {}").format(verbatim(sql)))
            names = [name for (name,) in connection.execute(_COLUMNS)]
    except DuplicateColumn as error:
        raise InvalidInput(f"{_said(error)} Name each of the view's columns with AS, once.") from None
    except psycopg.Error as error:
        raise InvalidInput(f"The database cannot run this view's query: {_said(error)}") from None
    missing = [name for name in unique_key if name not in names]
    if missing:
        raise InvalidInput(f"The key names {missing[0]!r}, but the view has only {', '.join(names)}.")


def verbatim(sql: str) -> SQL:
    """A query that the guard has rewritten, as SQL for psycopg."""
    return SQL(sql)  # pyright: ignore[reportArgumentType] - psycopg asks for a literal as a protection against injection


def _said(error: psycopg.Error) -> str:
    return (error.diag.message_primary or "it gave no reason").rstrip(".") + "."


_COLUMNS = "SELECT attname FROM pg_attribute WHERE attrelid = 'pg_temp.probe'::regclass AND attnum > 0 ORDER BY attnum"


def warehouse_catalog(connection: psycopg.Connection[tuple[Any, ...]], organization_id: UUID) -> Catalog:
    """The tables and views of the warehouse that the organization's own queries may read, as they are now."""
    return read_catalog(connection, _schemas(organization_id))


def _schemas(organization_id: UUID) -> list[str]:
    """The organization's own schema, then those of its data sources by name."""
    sources = list_data_sources(organization_id)
    return [organization_schema(organization_id), *(data_source_schema(source.id) for source in sources)]
