"""Dead letters as frozen values, read from their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from buster_jobs.packages.database.runs.job_values import Attempt, attempts_of
from buster_jobs.packages.database.runs.outcome_models import FailedTaskRow


@dataclass(frozen=True, slots=True)
class NewLetter:
    """The letter of a run that has failed. `payload` is as received; `error` and `stack` must hold no secret.

    `replay_of` is the run that this one replayed. `alert` alerts operators, and `urgent` does so at once.
    """

    run_id: str
    task: str
    payload: Mapping[str, Any]
    reason: str
    error_code: str
    error: str
    stack: str | None = None
    replay_of: str | None = None
    alert: bool = True
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A stored letter. `resolved_by` says who replayed or discarded it, `replay_run_id` as which run."""

    id: UUID
    run_id: str
    task: str
    payload: Mapping[str, Any]
    organization_id: UUID | None
    reason: str
    error_code: str
    error: str
    stack: str | None
    attempts: int
    attempt_log: tuple[Attempt, ...]
    replay_of: str | None
    failed_at: datetime
    state: str
    resolved_at: datetime | None
    resolved_by: str | None
    replay_run_id: str | None


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Selects letters that match everything that is given. `ids` are of letters or of their runs.

    The time window is from `failed_after` up to, not including, `failed_before`.
    """

    ids: Sequence[str] = field(default=())
    task: str | None = None
    reason: str | None = None
    error_code: str | None = None
    organization_id: UUID | None = None
    failed_after: datetime | None = None
    failed_before: datetime | None = None
    state: str | None = "open"


def letter_of(row: FailedTaskRow) -> DeadLetter:
    """The letter in `row`."""
    return DeadLetter(
        id=row.id,
        run_id=row.run_id,
        task=row.task,
        payload=row.payload,
        organization_id=row.organization_id,
        reason=row.reason,
        error_code=row.error_code,
        error=row.error,
        stack=row.stack,
        attempts=row.attempts,
        attempt_log=attempts_of(row.attempt_log),
        replay_of=row.replay_of,
        failed_at=row.failed_at,
        state=row.state,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        replay_run_id=row.replay_run_id,
    )
