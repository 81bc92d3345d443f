"""What a long history does to the latency of a run: the same system new, and with many past runs in storage.

Usage: python -m benchmarks.history_growth [RUNS [HISTORY]]
"""

import sys

from benchmarks.report import report
from benchmarks.run_latency import figures, one_run
from benchmarks.systems import database_of, embedded
from buster_jobs_tests.support.dagster_dev import DagsterDev

_COPY_RUN = """
INSERT INTO public.runs (run_id, snapshot_id, pipeline_name, status, run_body, start_time, end_time)
SELECT gen_random_uuid()::text, snapshot_id, pipeline_name, status, run_body, start_time, end_time
FROM (SELECT * FROM public.runs WHERE status = 'SUCCESS' LIMIT 1) r, generate_series(1, %(runs)s)
"""
_COPY_EVENTS = """
INSERT INTO public.event_logs (run_id, event, dagster_event_type, timestamp, step_key)
SELECT r.run_id, e.event, e.dagster_event_type, e.timestamp, e.step_key
FROM (SELECT run_id FROM public.runs ORDER BY id DESC LIMIT %(runs)s) r,
     (SELECT * FROM public.event_logs WHERE run_id = (SELECT run_id FROM public.event_logs LIMIT 1)) e
"""
_COPY_JOBS = """
INSERT INTO buster.jobs (type, run_id, status, attempts, result, started_at, finished_at)
SELECT 'two_steps', run_id, 'completed', 1, '2', now(), now() FROM public.runs ORDER BY id DESC LIMIT %(runs)s
ON CONFLICT DO NOTHING
"""


def grow_history(dev: DagsterDev, runs: int) -> None:
    """Copy a finished run with its events and job record so many times."""
    with database_of(dev) as connection:
        for statement in (_COPY_RUN, _COPY_EVENTS, _COPY_JOBS):
            connection.execute(statement.encode(), {"runs": runs})
        connection.execute("VACUUM ANALYZE")


def measure(runs: int, history: int) -> dict[str, dict[str, float | str]]:
    """Latencies before and after the history has grown."""
    with embedded() as dev:
        rows = {"new": figures([one_run(dev) for _ in range(runs + 1)])}
        grow_history(dev, history)
        rows[f"{history:,} past runs"] = figures([one_run(dev) for _ in range(runs + 1)])
    new = rows["new"]["p50 s"]
    return {name: {**found, "of new": found["p50 s"] / new} for name, found in rows.items()}


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    report("history_growth", measure(*(arguments + [200, 100_000][len(arguments) :])))
