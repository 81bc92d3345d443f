"""Which workers of this machine are warm: a file each, locked by the kernel for as long as its worker lives."""

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.engine.workers.folder import workers_folder

_LOOK_SECONDS = 0.1


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
    """The file, made and locked. Again, if somebody took it for a killed worker's between the two, and removed it."""
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
