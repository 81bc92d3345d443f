"""The table of organizations' materialized views."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of
from buster_jobs.packages.database.people.organization_models import OrganizationRow

VIEW_STATUSES = ("new", "refreshed", "failed", "skipped")


class MaterializedViewRow(Base):
    """A registered view, and how its last refresh ended.

    `query` is as written, `sql` as the guard rewrote it, `reads` has schema and name of each relation in it.
    `built_from` is the hash of the definition that the view in the warehouse was built from; NULL if there is none.
    `columns` are those of the first build from this definition.
    """

    __tablename__ = "materialized_views"
    __table_args__ = (not_blank("name"), one_of("status", VIEW_STATUSES), UniqueConstraint("organization_id", "name"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(OrganizationRow.id, ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[str]
    sql: Mapped[str]
    unique_key: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    reads: Mapped[list[Any]] = mapped_column(JSONB)
    built_from: Mapped[str | None]
    columns: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    status: Mapped[str] = mapped_column(server_default=text("'new'"))
    error: Mapped[str | None]
    rows: Mapped[int | None] = mapped_column(BigInteger)
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[float | None]
    refreshed_at: Mapped[datetime | None]
    attempted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = now_column()
    updated_at: Mapped[datetime] = now_column()
