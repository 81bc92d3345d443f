"""Find, inspect and end the processes of a running system. Any of them may end by itself meanwhile."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from buster_jobs_tests.support.polling import until

_LINUX_NAME_BYTES = 15


def processes_of(state: Path) -> list[psutil.Process]:
    """Every process that has this state folder in its environment, except this one."""
    ours = f"{state}"
    return [process for process in psutil.process_iter() if state_of(process) == ours and process.pid != os.getpid()]


def first(look: Callable[[], list[psutil.Process]], what: str) -> psutil.Process:
    """The first that is found, when one is."""
    found: list[psutil.Process] = []
    until(lambda: found.extend(look()) or found, what)
    return found[0]


def state_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("BUSTER_STATE_DIR") if process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None


def command_of(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def is_named(process: psutil.Process, name: str) -> bool:
    """Whether the process has this name, of which Linux keeps the first 15 bytes."""
    try:
        return process.name()[:_LINUX_NAME_BYTES] == name[:_LINUX_NAME_BYTES]
    except psutil.Error:
        return False


def parent_of(process: psutil.Process) -> int | None:
    try:
        return process.ppid()
    except psutil.Error:
        return None


def is_gone(process: psutil.Process) -> bool:
    """Whether the process has ended. A zombie has: it executes nothing any more."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def kill_all(processes: Sequence[psutil.Process]) -> None:
    """Kill the processes, of which some may have ended by themselves, and wait until all have ended."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    until(lambda: all(map(is_gone, processes)), "all that were killed have ended")


def descendants_of(pid: int) -> list[psutil.Process]:
    """The children of a process, their children and so on; empty when the process has ended."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []
