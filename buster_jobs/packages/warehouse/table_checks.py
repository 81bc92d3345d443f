"""The checks of a data source's copied tables, which the asset `data_source_tables` runs."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

from psycopg.sql import SQL, Identifier

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.sources.data_sources import get_data_source
from buster_jobs.packages.database.sources.synced_tables import SyncedTable, list_synced_tables
from buster_jobs.packages.warehouse.check_queries import (
    Connection,
    check_connection,
    check_each,
    find_duplicate_keys,
    find_missing_keys,
)
from buster_jobs.packages.warehouse.schemas import data_source_schema

OLDEST = timedelta(hours=26)
"""Tables are synced every night: an older copy is stale."""
TOLERANCE = 0.02
"""The share by which row counts may differ: the source changes while it is read, and its count may be an estimate."""


def check_tables(data_source_id: UUID, *, now: datetime | None = None) -> dict[str, CheckResult]:
    """The results by the names of the checks: row_count, freshness, unique_key, key_not_null, schema_drift."""
    tables, moment = list_synced_tables(data_source_id), now or datetime.now(UTC)
    copied = [table for table in tables if table.synced_at is not None]
    catalog = connect(get_data_source(data_source_id).connection_url()).introspect() if copied else Catalog(())
    source = {(table.schema, table.name): table for table in catalog.tables}

    def original(table: SyncedTable) -> Table | None:
        return source.get((table.source_schema, table.source_table))

    def key(table: SyncedTable) -> list[str]:
        return _key(table, original(table))

    with closing(check_connection()) as connection:
        return {
            "row_count": _each(copied, lambda table: _row_count(connection, table, original(table)), warning=True),
            "freshness": _each(tables, lambda table: _freshness(table, moment)),
            "unique_key": _each(copied, lambda table: find_duplicate_keys(connection, _copy(table), key(table))),
            "key_not_null": _each(copied, lambda table: find_missing_keys(connection, _copy(table), key(table))),
            "schema_drift": _each(copied, lambda table: _drift(table, original(table)), warning=True),
        }


def _each(
    tables: list[SyncedTable], check: Callable[[SyncedTable], str | None], *, warning: bool = False
) -> CheckResult:
    return check_each(tables, lambda table: table.source_name, check, what="tables", warning=warning)


def _row_count(connection: Connection, table: SyncedTable, original: Table | None) -> str | None:
    if original is None:
        return None  # schema_drift reports it
    counted = connection.execute(SQL("SELECT count(*) FROM {}").format(_copy(table))).fetchone()
    here, there = counted[0] if counted else 0, original.row_count
    if abs(here - there) <= max(1, there) * TOLERANCE:
        return None
    return f"has {here:,} rows here and about {there:,} in the source."


def _freshness(table: SyncedTable, now: datetime) -> str | None:
    if table.synced_at is None:
        return f"was never copied. {table.error or ''}".rstrip()
    if now - table.synced_at > OLDEST:
        return f"was last copied on {table.synced_at:%Y-%m-%d at %H:%M} UTC. {table.error or ''}".rstrip()
    return None


def _drift(table: SyncedTable, original: Table | None) -> str | None:
    """Compares with the columns that the last sync found."""
    if original is None:
        return "is not in the source any more; its copy stays."
    before = [column["source"] for column in table.columns or ()]
    now = [column.name for column in original.columns]
    changes = [f"lost {name}" for name in before if name not in now]
    changes += [f"got {name}" for name in now if name not in before]
    return f"{', '.join(changes)} since its last sync." if changes else None


def _key(table: SyncedTable, original: Table | None) -> list[str]:
    """The key's column names in the copy."""
    key = table.key_columns or (list(original.primary_key) if original else [])
    names = {column["source"]: column["name"] for column in table.columns or ()}
    return [names[column] for column in key] if all(column in names for column in key) else []


def _copy(table: SyncedTable) -> Identifier:
    return Identifier(data_source_schema(table.data_source_id), table.warehouse_table)
