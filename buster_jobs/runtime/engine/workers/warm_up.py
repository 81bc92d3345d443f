"""Warm-up: what a process does before its first run, and how others see that it has done so.

Code is loaded, a run that does nothing is executed, connections are opened. A warm worker holds a file of its own
locked, which the kernel frees when the worker ends.
"""

import fcntl
import os
import pkgutil
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import dagster as dg

from buster_jobs import packages
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.engine.dagster.runs import DEFINITIONS_MODULE
from buster_jobs.runtime.engine.workers.folder import workers_folder

_NO_RUN = "warm-up"
_LOOK_SECONDS = 0.1


def load_everything() -> None:
    """In the pool's parent: load all our code and execute a run that does nothing, so that each fork has done both."""
    import_module(DEFINITIONS_MODULE)
    # What attempts import only when the first one begins: a fork must not load it from files that were edited since.
    import_module("buster_jobs.runtime.attempts.execution")
    import_module("buster_jobs.runtime.replay")
    for module in pkgutil.walk_packages(packages.__path__, f"{packages.__name__}."):
        if ".migrations." not in module.name:  # Alembic's own, which act when they are imported
            import_module(module.name)
    _execute_nothing()


def warm_up(instance: dg.DagsterInstance) -> None:
    """In a worker: what a fork cannot hand on, which is connections and what belongs to this process alone."""
    instance.get_run_by_id(_NO_RUN)
    instance.all_logs(_NO_RUN)
    run_queue.is_queued(_NO_RUN)
    _execute_nothing()


def _execute_nothing() -> None:
    @dg.op
    def nothing() -> None: ...

    quiet = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}
    dg.GraphDefinition("warm_up", node_defs=[nothing]).execute_in_process(run_config=quiet)


@contextmanager
def warm() -> Generator[None]:
    """Say of this process that it is a worker which has executed its first run."""
    path = _folder() / str(os.getpid())
    descriptor = _locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path) -> int:
    """The file, created and locked. Again, if it was taken for a killed worker's in between, and removed."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def warm_workers() -> int:
    """How many workers of this machine are warm. Removes what killed ones have left."""
    return sum(_is_locked(path) for path in _folder().iterdir())


def wait_until_warm(seconds: float, note: Callable[[int, int], None] = lambda _warm, _all: None) -> bool:
    """Wait until each worker that settings ask for is warm, for so many seconds; `note` hears how many of how many."""
    wanted, end = sum(get_settings().worker_slots.values()), time.monotonic() + seconds
    while (found := warm_workers()) < wanted:
        note(found, wanted)
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_SECONDS)
    note(found, wanted)
    return True


def _folder() -> Path:
    folder = workers_folder() / "ready"
    folder.mkdir(exist_ok=True)
    return folder


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)
