"""How long a sweep takes for a burst of failures whose processes could leave nothing.

Usage: python -m benchmarks.dead_letter_sweep [RUNS]
"""

import sys
import time
from datetime import timedelta

from benchmarks.in_process import fresh_instance
from benchmarks.report import report
from buster_jobs.packages.database.runs.dead_letters import list_letter_ids
from buster_jobs.packages.database.runs.letter_values import LetterFilter
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.supervision.dead_letter_sweep import sweep_dead_letters


def measure(runs: int) -> dict[str, dict[str, float | str]]:
    """The first sweep writes a letter and an alert for each; the second finds them written."""
    with fresh_instance() as instance:
        for _ in range(runs):
            _, run = create_run("two_steps", {}, instance, "benchmarks.two_steps")
            instance.report_run_failed(run, "The worker is gone.")
        started = time.perf_counter()
        swept = sweep_dead_letters(instance, settled=timedelta(0))
        first = time.perf_counter() - started
        sweep_dead_letters(instance, settled=timedelta(0))
        second = time.perf_counter() - started - first
        letters = len(list_letter_ids(LetterFilter()))
    return {f"{runs} failures": {"swept": swept, "letters": letters, "first s": first, "second s": second}}


if __name__ == "__main__":
    report("dead_letter_sweep", measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
