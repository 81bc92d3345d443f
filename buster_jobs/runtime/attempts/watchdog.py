"""Tells those outside of this process by when an attempt has to have ended, for code that no signal reaches."""

from collections.abc import Generator
from contextlib import contextmanager

KILLED = "The attempt passed its deadline and did not stop, so its process was killed."


@contextmanager
def watched(run_id: str, seconds: float | None) -> Generator[None]:
    """A supervisor kills the worker that is in this block longer than that, and a grace. None means no limit.

    A run that is in no queue, as in a test, is watched by nobody.
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
