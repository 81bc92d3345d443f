"""How a worker is named in the queue, so that others can tell where it works and whether it lives."""

import os
import socket
from functools import cache

import psutil

_SAME = 0.05
"""Seconds. No process id is given again so soon."""


def worker_name() -> str:
    """This process, told apart from every other on every host: also from a later one with the same id."""
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    return name_of(psutil.Process(pid), socket.gethostname())


def name_of(process: psutil.Process, host: str) -> str:
    """How a worker is named that is this process on that host."""
    return f"{host}/{process.pid}/{_started(process):.2f}"


def _started(process: psutil.Process) -> float:
    """In seconds since the machine was started: the clock may be set meanwhile."""
    return process.create_time() - psutil.boot_time()


def host_of(worker: str) -> str:
    """Where the worker works."""
    return worker.split("/", maxsplit=1)[0]


def process_of(worker: str) -> psutil.Process | None:
    """The worker's process if it is alive. Asks this host: whoever calls knows that the worker is of it."""
    _, pid, started = worker.split("/")
    try:
        process = psutil.Process(int(pid))
        same = abs(_started(process) - float(started)) < _SAME
        alive = same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if alive else None
