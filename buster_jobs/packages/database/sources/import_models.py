"""Tables of imports and their rejects."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of
from buster_jobs.packages.database.people.organization_models import OrganizationRow

IMPORT_STATES = ("reading", "refused", "staged", "transformed", "loaded")


def _count() -> Mapped[int]:
    return mapped_column(BigInteger, server_default=text("0"))


class ImportRow(Base):
    """One import. `source` is the name of a file or data source for people, and never holds a secret.

    `begun_at` is when it was last begun: a refused import can be tried again under its id.
    """

    __tablename__ = "imports"
    __table_args__ = (
        not_blank("import_id"),
        one_of("state", IMPORT_STATES),
        CheckConstraint("(state = 'loaded') = (loaded_at IS NOT NULL)", name="loaded_at"),
        UniqueConstraint("organization_id", "import_id"),
        Index("ix_imports_created_at", "created_at"),
        Index("ix_imports_organization_id_loaded_at", "organization_id", "loaded_at"),
        Index("ix_imports_staged", "run_id", postgresql_where=text("state IN ('staged', 'transformed')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(OrganizationRow.id, ondelete="CASCADE"))
    import_id: Mapped[str]
    declaration_hash: Mapped[str]
    source: Mapped[str]
    target: Mapped[str]
    run_id: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="reading")
    bytes_read: Mapped[int] = _count()
    bytes_in_all: Mapped[int | None] = mapped_column(BigInteger)
    rows_read: Mapped[int] = _count()
    rows_rejected: Mapped[int] = _count()
    rows_duplicate: Mapped[int] = _count()
    rows_inserted: Mapped[int] = _count()
    rows_updated: Mapped[int] = _count()
    rows_unchanged: Mapped[int] = _count()
    created_at: Mapped[datetime] = now_column()
    begun_at: Mapped[datetime] = now_column()
    loaded_at: Mapped[datetime | None]


class ImportRejectRow(Base):
    """A bad value, or a bad row if `column` is NULL. Values are cut."""

    __tablename__ = "import_rejects"
    __table_args__ = (Index("ix_import_rejects_import_row_id", "import_row_id", "line"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    import_row_id: Mapped[UUID] = mapped_column(ForeignKey(ImportRow.id, ondelete="CASCADE"))
    file: Mapped[str]
    line: Mapped[int] = mapped_column(BigInteger)
    column_name: Mapped[str | None]
    value: Mapped[str | None]
    reason: Mapped[str]
