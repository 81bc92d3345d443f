"""Metrics of tasks: stores and summarizes them. outcomes.py stores those of runs, as it closes job records."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, text

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.runs.outcome_models import TaskMetricRow
from buster_jobs.packages.database.server.engine import session


@dataclass(frozen=True, slots=True)
class TaskSummary:
    """A task's runs with one outcome. Times are in seconds; `error_code` is None for runs that did not fail."""

    task: str
    status: str
    error_code: str | None
    runs: int
    attempts: int
    queue_p50: float | None
    queue_p95: float | None
    duration_p50: float | None
    duration_p95: float | None


def insert_metric(
    *,
    task: str,
    status: str,
    attempts: int,
    queue_seconds: float | None,
    duration_seconds: float | None,
    error_code: str | None,
) -> None:
    """Store one row. Raises `InvalidInput` for a blank task."""
    row = {
        "task": task,
        "status": status,
        "attempts": attempts,
        "queue_seconds": queue_seconds,
        "duration_seconds": duration_seconds,
        "error_code": error_code,
    }
    with session() as opened, refused_as_input():
        opened.execute(insert(TaskMetricRow).values(row))


def summarize(since: datetime) -> list[TaskSummary]:
    """The metrics from `since` on, by task and outcome."""
    with session() as opened:
        return [TaskSummary(*row) for row in opened.execute(text(_SUMMARY), {"since": since})]


_SUMMARY = """
SELECT task, status, error_code, count(*), sum(attempts),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY queue_seconds),
    percentile_cont(0.95) WITHIN GROUP (ORDER BY queue_seconds),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_seconds),
    percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_seconds)
FROM buster.task_metrics WHERE recorded_at >= :since
GROUP BY task, status, error_code ORDER BY task, status, error_code
"""
