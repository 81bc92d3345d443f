"""What runs that wait for one concurrency key do to the latency of a run without limits.

Usage: python -m benchmarks.interference [RUNS [WAITING]]
"""

import sys

from benchmarks.report import report
from benchmarks.run_latency import figures, one_run
from benchmarks.systems import embedded


def measure(runs: int, waiting: int) -> dict[str, dict[str, float | str]]:
    """Latencies on one embedded system: alone, and beside the waiting runs."""
    with embedded() as dev:
        rows = {"alone": figures([one_run(dev) for _ in range(runs + 1)])}
        for _ in range(waiting):
            dev.launch("one_at_a_time", {"seconds": 2.0})
        rows[f"{waiting} wait for one key"] = figures([one_run(dev) for _ in range(runs + 1)])
    alone = rows["alone"]["p50 s"]
    return {name: {**found, "of alone": found["p50 s"] / alone} for name, found in rows.items()}


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    report("interference", measure(*(arguments + [100, 50][len(arguments) :])))
