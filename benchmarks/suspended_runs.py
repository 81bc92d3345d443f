"""How punctual runs go on that wait without a worker: due times spread over a minute, on two slots.

Usage: python -m benchmarks.suspended_runs [RUNS]
"""

import sys
import time

from benchmarks.report import percentile, report
from benchmarks.systems import database_of, embedded
from buster_jobs_tests.support.dagster_dev import DagsterDev

_SPREAD = 60.0
_WENT_ON = "SELECT run_id, result FROM buster.jobs WHERE status = 'completed'"


def lateness(dev: DagsterDev, runs: int) -> list[float]:
    """For each run, how many seconds after its time it went on."""
    begin = time.time()
    # All must have begun to wait before the first is due: starting them takes a while on two slots.
    ahead = 20 + runs * 0.2
    due: dict[str, float] = {}
    for number in range(runs):
        at = begin + ahead + _SPREAD * number / runs
        run_id = dev.launch("suspended", {"seconds": at - time.time()})["run"]["runId"]
        due[run_id] = at
    with database_of(dev) as connection:
        while True:
            done = dict(connection.execute(_WENT_ON).fetchall())
            if len(done) >= runs:
                return [float(done[run_id]) - at for run_id, at in due.items()]
            time.sleep(1)


def measure(runs: int) -> dict[str, dict[str, float | str]]:
    """The percentiles of lateness."""
    with embedded(BUSTER_WORKER_SLOTS='{"default": 2}') as dev:
        late = lateness(dev, runs)
    return {
        f"{runs} runs on 2 slots": {"p50 s": percentile(late, 50), "p95 s": percentile(late, 95), "max s": max(late)}
    }


if __name__ == "__main__":
    report("suspended_runs", measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
