"""Job records and attempts as frozen values, read from their rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from buster_jobs.packages.database.runs.job_models import FINAL_JOB_STATUSES, JobRow


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of one step. `finished_at` is None while it runs; `error` is None unless it failed."""

    step: str
    number: int
    started_at: datetime
    finished_at: datetime | None = None
    error_code: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job record. `type` is the task's name, `metadata` its payload, `attempts` the most that one step began.

    `hook_errors` are the messages of hooks that failed, which change no outcome.
    """

    id: UUID
    type: str
    run_id: str | None
    organization_id: UUID | None
    status: str
    attempts: int
    attempt_log: tuple[Attempt, ...]
    fence: int
    hook_errors: tuple[str, ...]
    metadata: Mapping[str, Any]
    result: Any
    error: str | None
    error_code: str | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_final(self) -> bool:
        return self.status in FINAL_JOB_STATUSES


def attempts_of(log: Iterable[Mapping[str, Any]]) -> tuple[Attempt, ...]:
    """The attempts in a column `attempt_log`, in the order in which they were begun."""
    return tuple(
        Attempt(
            step=entry["step"],
            number=entry["number"],
            started_at=datetime.fromisoformat(entry["started_at"]),
            finished_at=datetime.fromisoformat(entry["finished_at"]) if "finished_at" in entry else None,
            error_code=entry.get("error_code"),
            error=entry.get("error"),
        )
        for entry in log
    )


def job_of(row: JobRow) -> Job:
    """The record in `row`."""
    return Job(
        id=row.id,
        type=row.type,
        run_id=row.run_id,
        organization_id=row.organization_id,
        status=row.status,
        attempts=row.attempts,
        attempt_log=attempts_of(row.attempt_log),
        fence=row.fence,
        hook_errors=tuple(row.hook_errors),
        metadata=row.details,
        result=row.result,
        error=row.error,
        error_code=row.error_code,
        created_at=row.created_at,
        updated_at=row.updated_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
