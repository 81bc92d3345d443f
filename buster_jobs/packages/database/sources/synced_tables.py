"""The records of chosen tables: how each is copied, and its last sync. packages/warehouse copies them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources.warehouse_models import SyncedTableRow
from buster_jobs.packages.errors import NotFound


@dataclass(frozen=True, slots=True)
class SyncedTable:
    """A chosen table. `columns` are those of the copy: name in the source, name in the warehouse, type.

    `cursor_value` is the newest that was copied, as PostgreSQL writes it. `rows`, `bytes` and `seconds` are the last
    successful sync's; `row_count` is what the copy held after it.
    """

    id: UUID
    data_source_id: UUID
    source_schema: str
    source_table: str
    warehouse_table: str
    cursor_column: str | None
    key_columns: list[str] | None
    columns: list[dict[str, str]] | None
    cursor_value: str | None
    staged: dict[str, Any] | None
    row_count: int | None
    status: str | None
    error: str | None
    error_code: str | None
    run_id: str | None
    rows: int | None
    bytes: int | None
    seconds: float | None
    attempted_at: datetime | None
    synced_at: datetime | None

    @property
    def source_name(self) -> str:
        """The table's name with its schema, as people write it."""
        return f"{self.source_schema}.{self.source_table}"


@dataclass(frozen=True, slots=True)
class TableChoice:
    """How to copy a table. Without `cursor_column` all rows are copied each time."""

    source_schema: str
    source_table: str
    warehouse_table: str
    cursor_column: str | None = None
    key_columns: list[str] | None = None


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """How a sync of one table ended. `error` is None if it succeeded."""

    run_id: str
    rows: int = 0
    bytes: int = 0
    seconds: float = 0.0
    error: str | None = None
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """Of one data source: the number of chosen tables, how many failed in their last sync, and the latest success."""

    tables: int = 0
    failed: int = 0
    synced_at: datetime | None = None


def save_table_choice(data_source_id: UUID, choice: TableChoice) -> SyncedTable:
    """Copy a table from now on, or change how it is copied. The record of its copy stays.

    Raises `NotFound` for an unknown data source, `InvalidInput` if another table has its name in the warehouse.
    """
    how = {"cursor_column": choice.cursor_column, "key_columns": choice.key_columns}
    named = {"source_schema": choice.source_schema, "source_table": choice.source_table}
    inserting = insert(SyncedTableRow).values(
        data_source_id=data_source_id, warehouse_table=choice.warehouse_table, **named, **how
    )
    same = and_(*(getattr(SyncedTableRow, name).is_not_distinct_from(inserting.excluded[name]) for name in how))
    kept = case((same, SyncedTableRow.cursor_value))  # the value of another cursor would be meaningless
    upsert = inserting.on_conflict_do_update(
        index_elements=["data_source_id", "source_schema", "source_table"], set_={**how, "cursor_value": kept}
    ).returning(SyncedTableRow)
    with session() as opened, refused_as_input():
        row = opened.scalars(upsert, execution_options={"populate_existing": True}).one()
        return _synced(row)


def save_sync_result(table_id: UUID, result: SyncOutcome) -> None:
    """Store how the last sync of a table ended. After a failure, the figures of the last success stay."""
    values: dict[str, Any] = {
        "status": "succeeded" if result.error is None else "failed",
        "error": result.error,
        "error_code": result.error_code,
        "run_id": result.run_id,
        "attempted_at": func.clock_timestamp(),
    }
    if result.error is None:
        values |= {"rows": result.rows, "bytes": result.bytes, "seconds": result.seconds}
        values |= {"synced_at": func.clock_timestamp()}
    with session() as opened:
        opened.execute(update(SyncedTableRow).where(SyncedTableRow.id == table_id).values(**values))


def get_synced_table(table_id: UUID) -> SyncedTable:
    """The record as it is now. Raises `NotFound` if the table is no longer copied."""
    with session() as opened:
        row = opened.get(SyncedTableRow, table_id)
        if row is None:
            raise NotFound("The table is not chosen for sync any more.")
        return _synced(row)


def list_synced_tables(data_source_id: UUID) -> list[SyncedTable]:
    """The chosen tables of a data source, by name."""
    query = (
        select(SyncedTableRow)
        .where(SyncedTableRow.data_source_id == data_source_id)
        .order_by(SyncedTableRow.source_schema, SyncedTableRow.source_table)
    )
    with session() as opened:
        return [_synced(row) for row in opened.scalars(query)]


def sync_summaries() -> dict[UUID, SyncSummary]:
    """The state of syncs by data source, for those with chosen tables."""
    row = SyncedTableRow
    failures = func.count().filter(row.status == "failed")
    query = select(row.data_source_id, func.count(), failures, func.max(row.synced_at)).group_by(row.data_source_id)
    with session() as opened:
        found = opened.execute(query)
        return {source: SyncSummary(tables, failed, synced_at) for source, tables, failed, synced_at in found}


def _synced(row: SyncedTableRow) -> SyncedTable:
    return SyncedTable(**{name: getattr(row, name) for name in SyncedTable.__slots__})
