"""Tables of job records and step outputs. outcome_models.py has the tables of failures, alerts and metrics."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSON, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of
from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.runs.outcome_models import attempt_log_column

FINAL_JOB_STATUSES = ("completed", "failed", "rejected", "canceled", "expired")
JOB_STATUSES = ("queued", "running", "suspended", *FINAL_JOB_STATUSES)


class JobRow(Base):
    """The job record: one for every trigger, whatever its outcome. It outlives its organization.

    `fence` is the number of the attempt that may write: each attempt that begins increments it.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        not_blank("type"),
        one_of("status", JOB_STATUSES),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint(
            "(finished_at IS NOT NULL) = (status IN ({}))".format(", ".join(f"'{s}'" for s in FINAL_JOB_STATUSES)),
            name="finished_at",
        ),
        UniqueConstraint("run_id"),
        Index("ix_jobs_created_at", "created_at"),
        Index("ix_jobs_type_created_at", "type", "created_at"),
        Index("ix_jobs_unfinished", "status", "updated_at", postgresql_where=text("finished_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    type: Mapped[str]
    run_id: Mapped[str | None]
    organization_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(OrganizationRow.id, ondelete="SET NULL"), index=True
    )
    status: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    attempt_log: Mapped[list[Any]] = attempt_log_column()
    fence: Mapped[int] = mapped_column(server_default=text("0"))
    hook_errors: Mapped[list[Any]] = mapped_column(JSONB(), server_default=text("'[]'::jsonb"))
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=text("'{}'::jsonb"))
    result: Mapped[Any | None]
    error: Mapped[str | None]
    error_code: Mapped[str | None]
    created_at: Mapped[datetime] = now_column()
    updated_at: Mapped[datetime] = now_column()
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class StepOutputRow(Base):
    """The output of a step. It has no foreign key to the job record, which may be written later.

    The type is json: jsonb would lose the order of keys, and change large floats.
    """

    __tablename__ = "step_outputs"
    __table_args__ = (Index("ix_step_outputs_created_at", "created_at"),)

    run_id: Mapped[str] = mapped_column(primary_key=True)
    step_key: Mapped[str] = mapped_column(primary_key=True)
    output_name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=False))
    created_at: Mapped[datetime] = now_column()
