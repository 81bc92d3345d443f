"""A process that asks one query of a data source, past the guard, and prints how it ended and by how much it grew.

Run: python -m buster_jobs_tests.packages.data_sources.giant_row URL SQL. Prints an outcome and MiB, a line each.
"""

import resource
import sys
from pathlib import Path

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.guarded_source import GuardedSource
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.errors import BusterError

LIMITS = Limits(rows=5_000, seconds=60)


def _peak() -> int:
    """The most memory that this program ever had, in MiB.

    Linux' `ru_maxrss` survives the start of another program: ours would begin with the peak of the tests' process.
    """
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2


def main(url: str, sql: str) -> None:
    """Ask, and print."""
    source = connect(url)
    assert isinstance(source, GuardedSource)
    source.run_unguarded("SELECT 'small' AS a", LIMITS)
    before = _peak()
    try:
        result = source.run_unguarded(sql, LIMITS)
        print(f"{len(result.rows)} rows, truncated: {result.truncated}")
    except BusterError as error:
        print(f"{error.code}: {error.message}")
    print(_peak() - before)


if __name__ == "__main__":
    main(*sys.argv[1:])
