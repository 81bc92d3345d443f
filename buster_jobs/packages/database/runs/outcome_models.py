"""Tables of the outcomes of runs beyond their job record: dead letters, alerts, metrics; and of cursors."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSON, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of

FAILURE_REASONS = ("exception", "crash", "timeout", "canceled", "invalid_payload", "expired", "stalled")
DEAD_LETTER_STATES = ("open", "replayed", "discarded")
OPS_CHANNELS = ("slack", "email", "webhook", "log")


def attempt_log_column() -> Any:
    """A column with each attempt as a JSON object, in the order of their begin; see attempts.py."""
    return mapped_column(JSONB(), server_default=text("'[]'::jsonb"))


class FailedTaskRow(Base):
    """A dead letter: one for every run that finally failed. It outlives its organization, its job record and its run.

    A trigger of the table lets an open letter become replayed or discarded, once.
    """

    __tablename__ = "failed_tasks"
    __table_args__ = (
        UniqueConstraint("run_id"),
        not_blank("task"),
        one_of("reason", FAILURE_REASONS),
        one_of("state", DEAD_LETTER_STATES),
        CheckConstraint("(state = 'open') = (resolved_at IS NULL)", name="resolved_at"),
        CheckConstraint("(state = 'open') = (resolved_by IS NULL)", name="resolved_by"),
        CheckConstraint("(state = 'replayed') = (replay_run_id IS NOT NULL)", name="replay_run_id"),
        Index("ix_failed_tasks_failed_at", "failed_at", "id"),
        Index("ix_failed_tasks_open", "task", "failed_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    run_id: Mapped[str]
    task: Mapped[str]
    # The type is json, which returns the payload as it was received; jsonb would change it.
    payload: Mapped[Any] = mapped_column(JSON(none_as_null=False))
    organization_id: Mapped[UUID | None]
    reason: Mapped[str]
    error_code: Mapped[str]
    error: Mapped[str]
    stack: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    attempt_log: Mapped[list[Any]] = attempt_log_column()
    replay_of: Mapped[str | None] = mapped_column(index=True)
    failed_at: Mapped[datetime] = now_column()
    state: Mapped[str] = mapped_column(server_default=text("'open'"))
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    replay_run_id: Mapped[str | None]


class OpsMessageRow(Base):
    """A message to operators: one alert, or many of the same kind."""

    __tablename__ = "ops_messages"
    __table_args__ = (Index("ix_ops_messages_kind_created_at", "kind", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    kind: Mapped[str]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = now_column()


class OpsAlertRow(Base):
    """The outbox: an alert to operators, written in the transaction of its cause.

    Alerts of one `kind` may share a message. `message_id` is the message of this alert.
    """

    __tablename__ = "ops_alerts"
    __table_args__ = (
        UniqueConstraint("run_id"),
        Index("ix_ops_alerts_untold", "id", postgresql_where=text("message_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    kind: Mapped[str]
    run_id: Mapped[str | None]
    message: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    urgent: Mapped[bool] = mapped_column(server_default=text("false"))
    message_id: Mapped[UUID | None] = mapped_column(ForeignKey(OpsMessageRow.id, ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = now_column()


class OpsDeliveryRow(Base):
    """The delivery of a message through one channel: retried, with growing delays, until it succeeds."""

    __tablename__ = "ops_deliveries"
    __table_args__ = (
        one_of("channel", OPS_CHANNELS),
        Index("ix_ops_deliveries_due_at", "due_at", postgresql_where=text("delivered_at IS NULL")),
    )

    message_id: Mapped[UUID] = mapped_column(ForeignKey(OpsMessageRow.id, ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime] = now_column()
    delivered_at: Mapped[datetime | None]
    error: Mapped[str | None]


class TaskMetricRow(Base):
    """Metrics of one run of a task. Durations are in seconds."""

    __tablename__ = "task_metrics"
    __table_args__ = (
        UniqueConstraint("run_id"),
        not_blank("task"),
        Index("ix_task_metrics_task_recorded_at", "task", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=False), primary_key=True)
    run_id: Mapped[str | None]
    task: Mapped[str]
    status: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    queue_seconds: Mapped[float | None]
    duration_seconds: Mapped[float | None]
    error_code: Mapped[str | None]
    recorded_at: Mapped[datetime] = now_column()


class CursorRow(Base):
    """A cursor: how far a reader that works in batches has come."""

    __tablename__ = "cursors"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any]
    updated_at: Mapped[datetime] = now_column()
