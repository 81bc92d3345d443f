"""How long the clean-up holds locks, beside the one DELETE that does the same, on job records in use and not.

Usage: python -m benchmarks.clean_up [ROWS]
"""

import sys
import time

from sqlalchemy import Engine, text

from benchmarks.in_process import fresh_instance
from benchmarks.report import report
from buster_jobs.packages.database.server.engine import get_engine
from buster_jobs.packages.retention.expired_rows import clean
from buster_jobs.packages.retention.pace import Pace

Row = dict[str, float | str]

_JOBS = """
INSERT INTO buster.jobs (type, run_id, status, created_at, finished_at, metadata)
SELECT 'old', gen_random_uuid()::text, 'completed', at, at, jsonb_build_object('query', repeat('x', 500))
FROM generate_series(1, :rows), LATERAL (SELECT now() - interval '100 days' AS at) moment
"""
_KEYS = """
INSERT INTO buster.idempotency_keys (task, key, run_id, payload_hash, expires_at)
SELECT 'old', run_id, run_id, 'hash', now() + (random() - 0.9) * interval '1 day' FROM buster.jobs
"""
_ONE_DELETE = """
DELETE FROM buster.jobs j WHERE finished_at < now() - interval '90 days'
    AND NOT EXISTS (SELECT FROM buster.run_queue q WHERE q.run_id = j.run_id)
    AND NOT EXISTS (SELECT FROM buster.failed_tasks f WHERE f.run_id = j.run_id AND f.state = 'open')
    AND NOT EXISTS (SELECT FROM buster.idempotency_keys k WHERE k.run_id = j.run_id AND k.expires_at > now())
"""


def fill(engine: Engine, rows: int) -> None:
    """A tenth of the old job records is in use."""
    with engine.begin() as connection:
        for table in ("jobs", "idempotency_keys", "retention_tallies"):
            connection.execute(text(f"DELETE FROM buster.{table}"))  # noqa: S608 - see above
        connection.execute(text(_JOBS), {"rows": rows})
        connection.execute(text(_KEYS))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def one_delete(engine: Engine) -> Row:
    """The baseline: all at once."""
    started = time.perf_counter()
    with engine.begin() as connection:
        rows = connection.execute(text(_ONE_DELETE)).rowcount
    seconds = time.perf_counter() - started
    return {"rows": rows, "seconds": seconds, "longest lock, ms": seconds * 1000}


def clean_up(engine: Engine) -> Row:
    """Ours, resting half of the time."""
    pace, started = Pace(), time.perf_counter()
    clean("benchmark", pace)
    seconds = time.perf_counter() - started
    with engine.connect() as connection:
        rows = connection.scalar(text("SELECT sum(rows)::int FROM buster.retention_tallies"))
    return {"rows": rows or 0, "seconds": seconds, "longest lock, ms": pace.longest * 1000}


def measure(rows: int) -> dict[str, Row]:
    """Both on the same rows."""
    with fresh_instance():
        engine, measured = get_engine(), dict[str, Row]()
        for name, run in (("one DELETE", one_delete), ("clean-up", clean_up)):
            fill(engine, rows)
            measured[name] = run(engine)
    return measured


if __name__ == "__main__":
    report("clean_up", measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
