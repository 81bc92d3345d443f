"""Deletes rows and runs that have expired by the rules of packages/retention."""

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.retention.values import Expired, Freed
from buster_jobs.runtime import Retry, TaskRun, task
from buster_jobs.runtime.start import open_instance, run_history


class CleanupOldDataPayload(BaseModel):
    """Whether to delete, or only to say what would be deleted."""

    model_config = ConfigDict(extra="forbid")

    dry_run: bool | None = Field(
        default=None,
        description="Only say what would be deleted. Not given: so does the installation's first run, and no other",
    )
    max_minutes: float = Field(
        default=180, gt=0, le=1_440, description="Stop after so many minutes; the next run goes on"
    )


class CleanupOldDataResult(BaseModel):
    """What had expired when the run began, and what it has freed, also before a restart.

    `finished` is False if it ran out of time. No batch held locks for longer than `longest_lock_ms`.
    """

    success: bool
    dry_run: bool
    finished: bool
    expired: list[Expired]
    freed: list[Freed] = []
    rows: int = 0
    bytes: int = 0
    longest_lock_ms: float = 0


@task(
    retry=Retry(max_attempts=5, min_timeout=10, max_timeout=300),
    queue="long",
    owner="team:platform",
    concurrency={"cleanup_old_data": 1},
    schedule="20 3 * * *",
)
def cleanup_old_data(payload: CleanupOldDataPayload, run: TaskRun) -> CleanupOldDataResult:
    """Delete what has expired; or, as a dry run, report what would be deleted."""
    from buster_jobs.packages.retention.clean_up import free_expired, is_dry, show_expired
    from buster_jobs.packages.retention.pace import Pace
    from buster_jobs.packages.retention.tallies import freed_by

    pace, dry = Pace(budget=payload.max_minutes * 60), is_dry(payload.dry_run, run.run_id)
    with open_instance() as instance:
        history = run_history(instance)
        expired = show_expired(history, run.run_id)
        finished = True if dry else free_expired(history, run.run_id, pace)
    freed = freed_by(run.run_id)
    return CleanupOldDataResult(
        success=True,
        dry_run=dry,
        finished=finished,
        expired=expired,
        freed=freed,
        rows=sum(one.rows for one in freed),
        bytes=sum(one.bytes for one in freed),
        longest_lock_ms=round(pace.longest * 1000, 1),
    )
