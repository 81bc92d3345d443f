"""Metrics of tasks. The system stores one for every run, as it closes the job record: see docs/failures.md."""

from datetime import UTC, datetime, timedelta

from buster_jobs.packages.database.runs.task_metrics import TaskSummary, insert_metric, summarize
from buster_jobs.packages.redaction import redact


def log_metric(
    *,
    task: str,
    status: str,
    duration: float | None = None,
    queue: float | None = None,
    attempts: int = 0,
    error_code: str | None = None,
) -> None:
    """Store a metric of work outside of a task's runs. `duration` and `queue`, the wait before it, are in seconds.

    Raises `InvalidInput` for a blank task.
    """
    insert_metric(
        task=task,
        status=status,
        attempts=attempts,
        queue_seconds=queue,
        duration_seconds=duration,
        error_code=redact(error_code) if error_code else None,
    )


def recent_metrics(hours: float = 24) -> list[TaskSummary]:
    """Every task's runs of the last `hours`, by outcome and error code, with medians and 95th percentiles."""
    return summarize(datetime.now(UTC) - timedelta(hours=hours))
