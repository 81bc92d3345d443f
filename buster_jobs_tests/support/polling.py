"""Waiting for what other processes do, and ending them. Which processes those are is the caller's to know.

On a busy machine everything takes many times as long: a long wait costs nothing when all is well.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import psutil

PATIENCE = 120.0
"""Seconds after which what has not come about is not going to."""


def until(condition: Callable[[], object], what: str, timeout: float = PATIENCE) -> None:
    """Wait for a condition, asking ten times a second."""
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, f"Waited {timeout} s in vain until {what}."
        time.sleep(0.1)


def is_gone(process: psutil.Process) -> bool:
    """A zombie counts: it does nothing any more, and its parent will notice."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def kill_all(processes: Sequence[psutil.Process]) -> None:
    """Kill them, and wait until none lives. Some may have ended by themselves since somebody looked."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    until(lambda: all(map(is_gone, processes)), "all that were killed have ended")


def family_of(pid: int) -> list[psutil.Process]:
    """All that the process has started, and they in turn; none if it is no more."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []
