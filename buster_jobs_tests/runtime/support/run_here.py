"""A process that runs one of the misbehaving tasks itself, as the command line does, and prints the run's id first.

Run: python -m buster_jobs_tests.runtime.support.run_here TASK JSON
"""

import json
import sys

from buster_jobs.runtime.start import open_instance, run_here
from buster_jobs_tests.support.running_system import MODULE


def main(task: str, payload: str) -> None:
    """Run it."""
    with open_instance() as instance:
        run_here(task, json.loads(payload), instance, lambda run_id: print(run_id, flush=True), module=MODULE)


if __name__ == "__main__":
    main(*sys.argv[1:])
