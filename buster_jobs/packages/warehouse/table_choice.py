"""Chooses which tables of a data source are copied, by the names that people type."""

from collections.abc import Sequence
from uuid import UUID

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.database.sources.synced_tables import (
    SyncedTable,
    TableChoice,
    list_synced_tables,
    save_table_choice,
)
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.packages.warehouse.names import warehouse_table


def choose_table(
    data_source_id: UUID, catalog: Catalog, name: str, *, cursor: str | None = None, key: Sequence[str] | None = None
) -> SyncedTable:
    """Copy a table from now on, named with its schema or without; with a `cursor`, only new and changed rows.

    Raises `NotFound` for a missing table or column, `InvalidInput` for a name that several tables have.
    """
    table = _table(catalog, name)
    for column in (*((cursor,) if cursor else ()), *(key or ())):
        if column not in {found.name for found in table.columns}:
            raise NotFound(f"{table.schema}.{table.name} has no column {column}.")
    return _choose(data_source_id, catalog, table, cursor, key)


def choose_all_tables(data_source_id: UUID, catalog: Catalog) -> list[SyncedTable]:
    """Copy all tables, without views, from now on. Tables that were chosen before keep their cursor and key."""
    chosen = {(t.source_schema, t.source_table): t for t in list_synced_tables(data_source_id)}
    for table in catalog.tables:
        if table.kind == "table" and (table.schema, table.name) not in chosen:
            chosen[table.schema, table.name] = _choose(data_source_id, catalog, table, None, None)
    return list(chosen.values())


def _choose(
    data_source_id: UUID, catalog: Catalog, table: Table, cursor: str | None, key: Sequence[str] | None
) -> SyncedTable:
    others = [
        t for t in list_synced_tables(data_source_id) if (t.source_schema, t.source_table) != (table.schema, table.name)
    ]
    only_schema = len({found.schema for found in catalog.tables}) == 1
    name = warehouse_table(
        table.schema, table.name, only_schema=only_schema, taken={other.warehouse_table for other in others}
    )
    return save_table_choice(
        data_source_id, TableChoice(table.schema, table.name, name, cursor, list(key) if key else None)
    )


def _table(catalog: Catalog, name: str) -> Table:
    found = [table for table in catalog.tables if name in (f"{table.schema}.{table.name}", table.name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"The data source has no table {name}, or we may not read it.")
    names = ", ".join(f"{table.schema}.{table.name}" for table in found)
    raise InvalidInput(f"{name} may be each of {names}: name it with its schema.")
