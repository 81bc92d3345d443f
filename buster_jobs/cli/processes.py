"""Find and end the processes that belong to one checkout of this project."""

import os
from pathlib import Path

import psutil

MARK = "BUSTER_CHECKOUT"
"""Environment variable that `buster-jobs dev` sets for all its descendants, also those whose parent has ended."""

_PROGRAMS = {"dagster", "dg", "dagster-webserver", "dagster-daemon", "buster-jobs"}
_MODULES = ("dagster", "buster_jobs.")
_SECONDS_TO_END = 10


def end_processes(checkout: Path) -> list[int]:
    """End the UI, daemon, code servers and runs of a checkout. Returns their process ids.

    Asks with SIGTERM, and uses SIGKILL on what is left after 10 s. psutil compares start times before it sends a
    signal, so a recycled process id is not hit.
    """
    ended: set[psutil.Process] = set()
    while found := set(processes_of(checkout)) - ended:  # a process that is ending may still start another
        ended |= found
        _end(found)
    return sorted(process.pid for process in ended)


def processes_of(checkout: Path) -> list[psutil.Process]:
    """The processes of the checkout's Dagster, except this process and its parents."""
    me = psutil.Process()
    spared = {me, *me.parents()}
    roots = [process for process in psutil.process_iter() if process not in spared and _belongs_to(checkout, process)]
    return list({member for root in roots for member in (root, *_children(root))} - spared)


def _end(processes: set[psutil.Process]) -> None:
    for process in processes:
        _signal(process, kill=False)
    _, left = psutil.wait_procs(list(processes), timeout=_SECONDS_TO_END)
    for process in left:
        _signal(process, kill=True)
    psutil.wait_procs(left, timeout=_SECONDS_TO_END)


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        process.kill() if kill else process.terminate()
    except psutil.Error:
        return  # it has ended by itself, or belongs to another account


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _belongs_to(checkout: Path, process: psutil.Process) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        environment = process.environ()
        if environment.get(MARK) == str(checkout):
            return True
        is_dagster = "DAGSTER_IS_DEV_CLI" in environment or _runs_dagster(process.cmdline())
        return is_dagster and (_runs_from(checkout / ".venv", process) or Path(process.cwd()) == checkout)
    except (psutil.Error, OSError):
        return False


def _runs_dagster(command: list[str]) -> bool:
    words = [os.path.basename(word) for word in command[:3]]
    if "stop" in command[2:4]:  # two of them would end each other
        return False
    return bool(_PROGRAMS & set(words)) or ("-m" in words and any(word.startswith(_MODULES) for word in words))


def _runs_from(venv: Path, process: psutil.Process) -> bool:
    return any(Path(word).is_relative_to(venv) for word in process.cmdline()[:2])
