"""From the trigger to SUCCESS on the client's clock, one run at a time: plain Dagster against ours.

Usage: python -m benchmarks.run_latency [RUNS]. BENCH_DATABASE_URL adds a row on a PostgreSQL server.
"""

import sys
import time

from benchmarks.report import percentile, report
from benchmarks.systems import systems
from buster_jobs_tests.support.dagster_dev import DagsterDev

_STOCK_RUNS = 10
"""Plain Dagster takes seconds a run."""
_POLL = 0.005


def one_run(dev: DagsterDev) -> float:
    """Seconds from sending the trigger to seeing SUCCESS."""
    begin = time.perf_counter()
    run_id = dev.launch("two_steps", {})["run"]["runId"]
    status = dev.wait(run_id, poll=_POLL)
    if status != "SUCCESS":
        raise RuntimeError(f"Run {run_id} ended as {status}.")
    return time.perf_counter() - begin


def figures(times: list[float]) -> dict[str, float]:
    """The first run apart, the percentiles of the others."""
    warm = times[1:]
    return {"first s": times[0], "p50 s": percentile(warm, 50), "p95 s": percentile(warm, 95), "runs": len(warm)}


def measure(runs: int) -> dict[str, dict[str, float | str]]:
    """Each system's figures, and how many times as fast as the first it is."""
    rows: dict[str, dict[str, float | str]] = {}
    baseline = 0.0
    for name, system in systems().items():
        with system() as dev:
            found = figures([one_run(dev) for _ in range(1 + (runs if rows else _STOCK_RUNS))])
        baseline = baseline or found["p50 s"]
        rows[name] = {**found, "times as fast": baseline / found["p50 s"]}
    return rows


if __name__ == "__main__":
    report("run_latency", measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
