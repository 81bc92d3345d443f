"""Runs per second, triggered by several clients at once: plain Dagster against ours.

Usage: python -m benchmarks.run_throughput [RUNS [CLIENTS]]. BENCH_DATABASE_URL adds a row on a PostgreSQL server.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.report import report
from benchmarks.systems import systems
from buster_jobs_tests.support.dagster_dev import DagsterDev

_STOCK_SHARE = 10
"""Plain Dagster gets a tenth of the runs, or it would take ten minutes."""


_COUNT = "query($s: [RunStatus!]) { runsOrError(filter: {statuses: $s}) { ... on Runs { count } } }"
_LOOK_SECONDS = 0.25
"""One watcher for all runs: clients that each ask for their own would measure the webserver's answers."""


def runs_per_second(dev: DagsterDev, runs: int, clients: int) -> float:
    """From the first trigger to the last SUCCESS."""
    dev.wait(dev.launch("two_steps", {})["run"]["runId"])

    def trigger(_number: int) -> None:
        dev.launch("two_steps", {})

    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(trigger, range(runs)))
    while (ended := _count(dev, "SUCCESS") - 1) < runs:
        if _count(dev, "FAILURE"):
            raise RuntimeError("A run has failed.")
        time.sleep(_LOOK_SECONDS)
    return ended / (time.perf_counter() - begin)


def _count(dev: DagsterDev, status: str) -> int:
    return dev.graphql(_COUNT, s=[status])["runsOrError"]["count"]


def measure(runs: int, clients: int) -> dict[str, dict[str, float | str]]:
    """Each system's figure, and how many times as many runs as the first it does."""
    rows: dict[str, dict[str, float | str]] = {}
    baseline = 0.0
    for name, system in systems().items():
        number = runs if rows else max(clients, runs // _STOCK_SHARE)
        with system() as dev:
            found = runs_per_second(dev, number, clients)
        baseline = baseline or found
        rows[name] = {"runs/s": found, "runs": number, "clients": clients, "times as many": found / baseline}
    return rows


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    report("run_throughput", measure(*(arguments + [200, 8][len(arguments) :])))
