"""What a run's record, attempts, metric and heartbeat cost: the same job on the same worker with and without them.

Usage: python -m benchmarks.record_cost [RUNS]
"""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from unittest.mock import Mock, patch
from uuid import uuid4

import dagster as dg

from benchmarks.in_process import fresh_instance
from benchmarks.report import percentile, report
from buster_jobs.packages.database.runs import attempts, run_queue
from buster_jobs.packages.database.runs.attempts import Begun
from buster_jobs.runtime.attempts import job_record
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import enqueue
from buster_jobs.runtime.engine.workers.worker import Worker

_WARM_UP = 5


@contextmanager
def without_records() -> Generator[None]:
    """Nothing is written about runs in our own tables, except for their place in the queue; nobody holds a lease."""
    with (
        patch.object(attempts, "begin_attempt", Mock(return_value=Begun(uuid4(), 1, 1))),
        patch.object(attempts, "end_attempt", Mock(return_value=True)),
        patch.object(job_record, "close_job", Mock(return_value="closed")),
        patch("buster_jobs.runtime.engine.workers.worker.Lease", Mock(return_value=nullcontext())),
    ):
        yield


def execute(instance: dg.DagsterInstance) -> float:
    """Milliseconds that a worker takes for one run."""
    _, run = create_run("two_steps", {}, instance, "benchmarks.two_steps")
    enqueue(run)
    claim = run_queue.claim("bench/1/1", ["default"])
    if claim is None:
        raise RuntimeError("The run is not in the queue.")
    started = time.perf_counter()
    Worker(["default"], "bench/1/1").work(claim, instance)
    return (time.perf_counter() - started) * 1000


def tag_cost(instance: dg.DagsterInstance, runs: int) -> list[float]:
    """Milliseconds for putting error code and attempts into a run's tags, as runs do that failed or were retried."""
    _, run = create_run("two_steps", {}, instance, "benchmarks.two_steps")
    return [
        _timed(lambda: instance.add_run_tags(run.run_id, {"buster/error_code": "X", "buster/attempts": "2"}))
        for _ in range(runs)
    ]


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def measure(runs: int) -> dict[str, dict[str, float | str]]:
    """With and without in turn, so that the machine's moods hit both."""
    with_them, without = list[float](), list[float]()
    with fresh_instance() as instance:
        for number in range(runs + _WARM_UP):
            full = execute(instance)
            with without_records():
                bare = execute(instance)
            if number >= _WARM_UP:
                with_them.append(full)
                without.append(bare)
        tags = tag_cost(instance, runs)
    differences = [full - bare for full, bare in zip(with_them, without, strict=True)]
    measured = {
        "a run of two steps": with_them,
        "without record, attempts, metric and heartbeat": without,
        "difference": differences,
        "tags, where there are any": tags,
    }
    return {
        name: {f"p{percent} ms": percentile(values, percent) for percent in (10, 50, 95)}
        for name, values in measured.items()
    }


if __name__ == "__main__":
    report("record_cost", measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
