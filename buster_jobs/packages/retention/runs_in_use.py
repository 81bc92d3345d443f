"""Which of Dagster's runs are still in use by our tables. The runtime deletes the others."""

from collections.abc import Collection

from sqlalchemy import text

from buster_jobs.packages.database.server.engine import transaction


def runs_in_use(run_ids: Collection[str]) -> set[str]:
    """Those of the runs that are queued, have an open job record or dead letter, or hold an idempotency key."""
    with transaction() as connection:
        return set(connection.scalars(text(_IN_USE), {"run_ids": list(run_ids)}))


_IN_USE = """
SELECT run_id FROM buster.run_queue WHERE run_id = ANY (CAST(:run_ids AS text[]))
UNION SELECT run_id FROM buster.jobs WHERE run_id = ANY (CAST(:run_ids AS text[])) AND finished_at IS NULL
UNION SELECT run_id FROM buster.failed_tasks WHERE run_id = ANY (CAST(:run_ids AS text[])) AND state = 'open'
UNION SELECT run_id FROM buster.idempotency_keys
    WHERE run_id = ANY (CAST(:run_ids AS text[])) AND expires_at > clock_timestamp()
"""
