"""Tables of data sources' tables: how each is copied, and its catalog entry."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Double, ForeignKey, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSON, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, now_column, one_of
from buster_jobs.packages.database.sources.data_source_models import DataSourceRow

SYNC_STATUSES = ("succeeded", "failed")
CATALOG_STATUSES = ("current", "failed", "gone")


class SyncedTableRow(Base):
    """A table of a data source that was chosen for sync: how it is copied, and how far.

    With a cursor column, new rows are merged by the key columns; without one, all rows are copied each time.
    `columns` are those of the copy. `staged` describes an unfinished first copy, whose batches are committed.
    """

    __tablename__ = "synced_tables"
    __table_args__ = (
        UniqueConstraint("data_source_id", "source_schema", "source_table"),
        UniqueConstraint("data_source_id", "warehouse_table", name="uq_synced_tables_warehouse_table"),
        CheckConstraint("status IN ({})".format(", ".join(f"'{s}'" for s in SYNC_STATUSES)), name="status"),
        CheckConstraint("(status = 'failed') = (error IS NOT NULL)", name="error"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    data_source_id: Mapped[UUID] = mapped_column(ForeignKey(DataSourceRow.id, ondelete="CASCADE"), nullable=False)
    source_schema: Mapped[str]
    source_table: Mapped[str]
    warehouse_table: Mapped[str]
    cursor_column: Mapped[str | None]
    key_columns: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    columns: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    cursor_value: Mapped[str | None]
    staged: Mapped[dict[str, Any] | None]
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str | None]
    error: Mapped[str | None]
    error_code: Mapped[str | None]
    run_id: Mapped[str | None]
    rows: Mapped[int | None] = mapped_column(BigInteger)
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[float | None] = mapped_column(Double)
    attempted_at: Mapped[datetime | None]
    synced_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = now_column()


class CatalogTableRow(Base):
    """The catalog entry of a data source's table: its structure and profile.

    `profile` is a list with an object for each column. A table that is gone keeps its entry.
    """

    __tablename__ = "catalog_tables"
    __table_args__ = (one_of("status", CATALOG_STATUSES),)

    data_source_id: Mapped[UUID] = mapped_column(ForeignKey(DataSourceRow.id, ondelete="CASCADE"), primary_key=True)
    schema_name: Mapped[str] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    structure: Mapped[dict[str, Any]] = mapped_column(JSON())
    profile: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    row_count: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(server_default=text("'current'"))
    error: Mapped[str | None]
    seen_at: Mapped[datetime] = now_column()
    profiled_at: Mapped[datetime | None]
