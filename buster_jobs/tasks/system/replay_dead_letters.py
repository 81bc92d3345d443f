"""Replays failed runs, whose dead letters a person selects in the launchpad or over GraphQL."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.runtime import Retry, task
from buster_jobs.runtime.start import open_instance


class ReplayDeadLettersPayload(BaseModel):
    """Selects the open dead letters that match everything that is given."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(default=[], description="Ids of dead letters, or of the runs that failed")
    task: str | None = Field(default=None, description="Of this task")
    reason: str | None = Field(default=None, description="That failed for this reason: exception, crash, timeout, …")
    error_code: str | None = Field(default=None, description="With this error code")
    organization_id: UUID | None = Field(default=None, description="Of this organization")
    failed_after: datetime | None = Field(default=None, description="That failed at this time or later (ISO 8601)")
    failed_before: datetime | None = Field(default=None, description="That failed before this time (ISO 8601)")
    dry_run: bool = Field(default=True, description="Only say which letters are meant")
    limit: int = Field(default=1_000, ge=1, le=100_000, description="At most so many, the oldest first")
    rate: float = Field(default=10, gt=0, le=1_000, description="At most so many a second")
    requested_by: str = Field(
        default="replay_dead_letters", min_length=1, max_length=200, description="Who asks for it"
    )


class ReplayDeadLettersResult(BaseModel):
    """What was done. `refused` says why a letter could not be replayed, and stays open.

    `replayed_before` are the replays of letters in `ids` that had been replayed before.
    """

    success: bool
    matched: int
    run_ids: list[str]
    replayed_before: list[str] = []
    skipped: int
    refused: dict[str, str]


@task(retry=Retry(max_attempts=3, min_timeout=1, max_timeout=30), queue="long", owner="team:platform", critical=True)
def replay_dead_letters(payload: ReplayDeadLettersPayload) -> ReplayDeadLettersResult:
    """Replay failed runs by their dead letters. Only reports what it would do unless `dry_run` is false."""
    from buster_jobs.packages.database.runs.dead_letters import list_letter_ids, replays_of  # SQLAlchemy takes long
    from buster_jobs.packages.database.runs.letter_values import LetterFilter
    from buster_jobs.runtime.replay import replay_letters

    which = LetterFilter(**payload.model_dump(exclude={"dry_run", "limit", "rate", "requested_by"}))
    matched = min(payload.limit, len(list_letter_ids(which)))
    if payload.dry_run:
        return ReplayDeadLettersResult(success=True, matched=matched, run_ids=[], skipped=0, refused={})
    with open_instance() as instance:
        done = replay_letters(which, by=payload.requested_by, instance=instance, rate=payload.rate, limit=payload.limit)
    return ReplayDeadLettersResult(
        success=True,
        matched=matched,
        run_ids=done.run_ids,
        replayed_before=[run_id for run_id in replays_of(payload.ids) if run_id not in done.run_ids],
        skipped=done.skipped,
        refused=done.refused,
    )
