"""Copying 336,776 flights into PostgreSQL: ours beside raw COPY and beside plain dlt, each from the same sources.

`python -m benchmarks.sync_speed [postgres|sqlite|mariadb|changes|memory|profile]…`; all without a word. Needs psql, and
for dlt BUSTER_DATABASE_URL of a server that listens on a port, as superuser; for SQLite BUSTER_DATA_SOURCE_DIR. dlt is
installed into a virtual environment of its own below the state folder.
"""

import sys
from collections.abc import Callable

from benchmarks import sync_cases
from buster_jobs.packages.database.migrate import migrate

CASES: dict[str, Callable[[], None]] = {
    "postgres": sync_cases.postgres,
    "sqlite": sync_cases.sqlite,
    "mariadb": sync_cases.mariadb,
    "changes": sync_cases.changes,
    "memory": sync_cases.memory,
    "profile": sync_cases.profile,
}


def main() -> None:
    """Measure what was named."""
    migrate()
    for name in sys.argv[1:] or CASES:
        CASES[name]()


if __name__ == "__main__":
    main()
