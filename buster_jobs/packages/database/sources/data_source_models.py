"""Tables of data sources and of permissions for them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of
from buster_jobs.packages.database.people.organization_models import MEMBER_ROLES, OrganizationRow, UserRow

DATA_SOURCE_STATUSES = ("active", "error", "disabled")


class DataSourceRow(Base):
    """A customer's database. `encrypted_connection` is a Fernet token of its URL."""

    __tablename__ = "data_sources"
    __table_args__ = (
        not_blank("name"),
        not_blank("type"),
        one_of("status", DATA_SOURCE_STATUSES),
        UniqueConstraint("organization_id", "name"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(OrganizationRow.id, ondelete="CASCADE"))
    name: Mapped[str]
    type: Mapped[str]
    encrypted_connection: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="active")
    error: Mapped[str | None]
    created_at: Mapped[datetime] = now_column()
    updated_at: Mapped[datetime] = now_column()


class DataSourcePermissionRow(Base):
    """What members of a role, or one member, may see of a data source. `tables` NULL means all tables."""

    __tablename__ = "data_source_permissions"
    __table_args__ = (
        CheckConstraint("role IN ({})".format(", ".join(f"'{role}'" for role in MEMBER_ROLES)), name="role"),
        CheckConstraint("(role IS NULL) <> (user_id IS NULL)", name="whom"),
        UniqueConstraint("data_source_id", "role"),
        Index("uq_data_source_permissions_user_id", "data_source_id", "user_id", unique=True),
        Index("ix_data_source_permissions_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    data_source_id: Mapped[UUID] = mapped_column(ForeignKey(DataSourceRow.id, ondelete="CASCADE"))
    role: Mapped[str | None]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey(UserRow.id, ondelete="CASCADE"))
    tables: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    hidden_columns: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    updated_at: Mapped[datetime] = now_column()
