"""Tables of the run queue, of waits of steps, and of idempotency keys."""

from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Double, Identity, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of

QUEUE_STATES = ("delayed", "blocked", "ready", "claimed", "suspended", "expired")


class QueuedRunRow(Base):
    """An accepted, unfinished run. Rows are deleted when their run ends, so the table stays small."""

    __tablename__ = "run_queue"
    __table_args__ = (
        one_of("state", QUEUE_STATES),
        CheckConstraint("cardinality(concurrency_keys) = cardinality(concurrency_limits)", name="concurrency"),
        CheckConstraint("state NOT IN ('delayed', 'suspended') OR due_at IS NOT NULL", name="due_at"),
        CheckConstraint("(state = 'claimed') = (worker IS NOT NULL)", name="worker"),
        Index(
            "ix_run_queue_ready", "queue", text("priority DESC"), "sequence", postgresql_where=text("state = 'ready'")
        ),
        Index("ix_run_queue_due_at", "due_at", postgresql_where=text("state IN ('delayed', 'suspended')")),
        Index("ix_run_queue_expires_at", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
        Index("ix_run_queue_claimed", "state", "deadline_at", postgresql_where=text("state IN ('claimed', 'expired')")),
        Index("ix_run_queue_concurrency_keys", "concurrency_keys", postgresql_using="gin"),
    )

    run_id: Mapped[str] = mapped_column(primary_key=True)
    task: Mapped[str]
    queue: Mapped[str] = mapped_column(server_default=text("'default'"))
    priority: Mapped[int] = mapped_column(server_default=text("0"))
    state: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=False))
    concurrency_keys: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    concurrency_limits: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default=text("'{}'"))
    due_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    deliveries: Mapped[int] = mapped_column(server_default=text("0"))
    worker: Mapped[str | None]
    heartbeat_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = now_column()
    deadline_at: Mapped[datetime | None]


class StepWaitsRow(Base):
    """When the waits of a step end that waits without a worker."""

    __tablename__ = "step_waits"
    __table_args__ = (Index("ix_step_waits_updated_at", "updated_at"),)

    run_id: Mapped[str] = mapped_column(primary_key=True)
    step_key: Mapped[str] = mapped_column(primary_key=True)
    ends: Mapped[list[float]] = mapped_column(ARRAY(Double))
    suspensions: Mapped[int]
    updated_at: Mapped[datetime] = now_column()


class IdempotencyKeyRow(Base):
    """The run that holds an idempotency key of a task."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        not_blank("key"),
        Index("ix_idempotency_keys_expires_at", "expires_at"),
        Index("ix_idempotency_keys_run_id", "run_id"),
    )

    task: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str]
    payload_hash: Mapped[str]
    trigger_id: Mapped[str | None]
    expires_at: Mapped[datetime]
