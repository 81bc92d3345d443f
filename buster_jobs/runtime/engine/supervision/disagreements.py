"""Finds runs of which Dagster's storage and our tables tell different things; both are in one database."""

from datetime import timedelta

from sqlalchemy import text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.server.engine import transaction

_MANY = 1000

# Dagster's timestamps are in UTC and do not say so. Tags are looked for where all of a run is in one row: a process
# that was killed while it created the run may have left the table of tags empty.
_UNQUEUED = """
SELECT run_id FROM public.runs r
WHERE status IN ('QUEUED', 'STARTING', 'CANCELING')
  AND update_timestamp < timezone('UTC', now()) - CAST(:age AS interval)
  AND NOT EXISTS (SELECT FROM buster.run_queue q WHERE q.run_id = r.run_id)
ORDER BY id LIMIT :many
"""

_UNSUBMITTED = """
SELECT run_id FROM public.runs r
WHERE status = 'NOT_STARTED' AND create_timestamp < timezone('UTC', now()) - CAST(:age AS interval)
  AND strpos(run_body, :tag) > 0
ORDER BY id LIMIT :many
"""

_UNCLOSED = """
SELECT j.run_id FROM buster.jobs j JOIN public.runs r ON r.run_id = j.run_id
WHERE j.finished_at IS NULL AND j.updated_at < now() - CAST(:age AS interval) AND r.status IN ('FAILURE', 'CANCELED')
ORDER BY j.updated_at LIMIT :many
"""


def unqueued(age: timedelta) -> list[str]:
    """Unfinished runs that changed last so long ago and are not in the queue, the oldest first."""
    with transaction() as connection:
        return list(connection.scalars(text(_UNQUEUED), {"age": age, "many": _MANY}))


def unsubmitted(age: timedelta) -> list[str]:
    """Runs that were made so long ago and are not accepted, the oldest first."""
    row = {"age": age, "many": _MANY, "tag": run_tags.IDEMPOTENCY_KEY}
    with transaction() as connection:
        return list(connection.scalars(text(_UNSUBMITTED), row))


def unclosed(age: timedelta) -> list[str]:
    """Runs that ended badly whose job record is open and was not written for so long."""
    with transaction() as connection:
        return list(connection.scalars(text(_UNCLOSED), {"age": age, "many": _MANY}))
