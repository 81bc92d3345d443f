"""The end of a run in our database: one transaction closes its job record, writes its metric and, when it failed for
good, its dead letter and alert. The runtime decides the outcome.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text

from buster_jobs.packages.database.runs.attempts import END_LAST, ending
from buster_jobs.packages.database.runs.dead_letters import NewLetter, insert_letter
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import storable_json, storable_text

Closed = Literal["closed", "final", "superseded"]
"""The result of `close_job`: it has closed the record, or the record was final, or a later attempt holds it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. Every status but completed and rejected has a `letter`."""

    status: str
    result: Any = None
    error_code: str | None = None
    error: str | None = None
    letter: NewLetter | None = None


def close_job(job_id: UUID, end: Outcome, *, fence: int | None = None) -> Closed:
    """Write the outcome, unless the record has one. With `fence`, only if that attempt is still the last."""
    given = {
        "job_id": job_id,
        "fence": fence,
        "status": end.status,
        "result": None if end.result is None else json.dumps(storable_json(end.result)),
        "error_code": end.error_code,
        "error": None if end.error is None else storable_text(end.error),
        **ending(end.error_code, end.error),
    }
    with session() as opened:
        row = opened.execute(text(_CLOSE), given).one_or_none()
        if row is None:
            is_final = opened.scalar(
                text("SELECT finished_at IS NOT NULL FROM buster.jobs WHERE id = :id"), {"id": job_id}
            )
            return "final" if is_final else "superseded"
        if end.letter:
            insert_letter(opened.connection(), end.letter, job_id)
        return "closed"


# The wait in the queue begins when a run was accepted or, if it was delayed, when it was due. (A due time after its
# start is the end of a wait inside the run.) Runs that were never queued have waited 0 s.
_CLOSE = f"""
WITH closed AS (
    UPDATE buster.jobs j SET status = :status, result = CAST(:result AS jsonb), error_code = :error_code,
        error = :error, attempt_log = {END_LAST}, updated_at = clock_timestamp(), finished_at = clock_timestamp()
    WHERE id = :job_id AND finished_at IS NULL AND (CAST(:fence AS integer) IS NULL OR fence = :fence)
    RETURNING *
), metric AS (
    INSERT INTO buster.task_metrics
        (run_id, task, status, attempts, queue_seconds, duration_seconds, error_code)
    SELECT run_id, type, status, attempts, greatest(0, EXTRACT(epoch FROM coalesce(started_at, finished_at) - coalesce(
            (SELECT CASE WHEN q.due_at < closed.started_at THEN greatest(q.created_at, q.due_at) ELSE q.created_at END
             FROM buster.run_queue q WHERE q.run_id = closed.run_id),
            started_at, finished_at))),
        coalesce(EXTRACT(epoch FROM finished_at - started_at), 0), error_code
    FROM closed ON CONFLICT (run_id) DO NOTHING
)
SELECT id FROM closed
"""  # noqa: S608 - constants
