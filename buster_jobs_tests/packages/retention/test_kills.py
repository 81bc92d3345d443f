"""Whatever moment a clean-up is killed at: what it deleted is counted, and the next worker goes on to the end."""

from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import pytest

from buster_jobs.packages.retention import batches, pace
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.support.killed_runs import KILLS, Killing, plain_url, wait_for_transactions_to_end

OLD, OLD_RUNS, YOUNG = 4_000, 20, 10

_RUN = dg.serialize_value(dg.DagsterRun("old", run_id="RUN_ID", status=dg.DagsterRunStatus.SUCCESS))
_FILL = f"""
INSERT INTO buster.jobs (type, run_id, status, created_at, finished_at)
SELECT 'old', gen_random_uuid()::text, 'completed', now() - days, now() - days
FROM (SELECT interval '100 days' AS days FROM generate_series(1, {OLD})
    UNION ALL SELECT interval '1 day' FROM generate_series(1, {YOUNG})) filled;
WITH old AS (
    INSERT INTO public.runs (run_id, pipeline_name, status, run_body, create_timestamp, update_timestamp)
    SELECT id, 'old', 'SUCCESS', replace('{_RUN}', 'RUN_ID', id), now() - days, now() - days
    FROM (SELECT gen_random_uuid()::text AS id, interval '100 days' AS days FROM generate_series(1, {OLD_RUNS})) made
    RETURNING run_id)
INSERT INTO public.event_logs (run_id, event, timestamp)
SELECT run_id, 'x', now() FROM old, generate_series(1, 5);
CREATE SCHEMA org_{"0" * 32} CREATE TABLE forgotten (id int);
"""


def test_a_clean_up_whose_worker_is_killed_is_finished_by_the_next(
    database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "Pace", partial(pace.Pace, size=200))
    monkeypatch.setattr(pace, "LARGEST", 200)
    # A busy machine needs longer even for single rows, which are then left to the next clean-up.
    monkeypatch.setattr(batches, "STATEMENT_SECONDS", 30)
    with open_instance() as instance:
        instance.wipe()  # which also makes Dagster's tables
    young: list[int] = []

    def fill() -> dict[str, bool]:
        execute(_FILL)
        young.append(YOUNG)
        return {"dry_run": False}

    killing = Killing("cleanup_old_data", fill, tmp_path)
    killing.measure()
    for _ in range(KILLS):
        run_id = killing.kill()
        wait_for_transactions_to_end()
        assert freed(run_id, "job_records") == OLD - old_jobs()
        killing.go_on(run_id)
        expect_clean(run_id, young=sum(young))


def expect_clean(run_id: str, young: int) -> None:
    """By psycopg alone: what was old is gone, and counted; what was young is there."""
    assert old_jobs() == 0
    assert execute("SELECT count(*) FROM buster.jobs WHERE type = 'old'") == [(young,)]
    assert execute("SELECT count(*) FROM public.runs WHERE pipeline_name = 'old'") == [(0,)]
    assert execute("SELECT count(*) FROM public.event_logs WHERE event = 'x'") == [(0,)]
    assert execute("SELECT nspname FROM pg_namespace WHERE nspname = 'org_%s'" % ("0" * 32)) == []
    assert freed(run_id, "job_records") == OLD
    assert OLD_RUNS - freed(run_id, "run_history") in (0, 1)  # a run is deleted by Dagster, and counted after that


def old_jobs() -> int:
    return execute("SELECT count(*) FROM buster.jobs WHERE finished_at < now() - interval '9 days'")[0][0]


def freed(run_id: str, subject: str) -> int:
    query = "SELECT coalesce(sum(rows), 0)::int FROM buster.retention_tallies"
    return execute(f"{query} WHERE run_id = '{run_id}' AND subject = '{subject}'")[0][0]


def execute(sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(plain_url()) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []
