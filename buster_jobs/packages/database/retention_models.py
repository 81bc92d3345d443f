"""Tables of retention: how many days rows are kept, and what clean-ups have freed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column
from buster_jobs.packages.database.people.organization_models import OrganizationRow


class RetentionPolicyRow(Base):
    """How many days a rule keeps rows, of all organizations or of one; NULL is for ever.

    The default of a rule applies where there is no row.
    """

    __tablename__ = "retention_policies"
    __table_args__ = (
        not_blank("rule"),
        CheckConstraint("days >= 1", name="days"),
        UniqueConstraint("rule", "organization_id", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    rule: Mapped[str]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey(OrganizationRow.id, ondelete="CASCADE"), index=True)
    days: Mapped[int | None]
    updated_at: Mapped[datetime] = now_column()


class RetentionTallyRow(Base):
    """What one run of the clean-up has freed, counted in the transaction of the deletion."""

    __tablename__ = "retention_tallies"
    __table_args__ = (Index("ix_retention_tallies_updated_at", "updated_at"),)

    run_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    rows: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    bytes: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    updated_at: Mapped[datetime] = now_column()
