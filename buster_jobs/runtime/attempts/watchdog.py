"""Records by when an attempt has to end, so that a supervisor can kill it where no signal interrupts its code."""

from collections.abc import Generator
from contextlib import contextmanager

KILLED = "The attempt passed its deadline and did not stop, so its process was killed."


@contextmanager
def watched(run_id: str, seconds: float | None) -> Generator[None]:
    """A supervisor kills a worker that is in this block longer than that, plus a grace. None means no limit.

    Runs outside of the queue, as in tests, have no supervisor.
    """
    if seconds is None:
        yield
        return
    from buster_jobs.packages.database.runs import run_queue  # SQLAlchemy: a code location must load quickly
    from buster_jobs.runtime.process_names import worker_name

    run_queue.set_deadline(run_id, worker_name(), seconds)
    try:
        yield
    finally:
        run_queue.set_deadline(run_id, worker_name(), None)
