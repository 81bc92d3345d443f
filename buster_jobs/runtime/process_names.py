"""How our processes are named: in the queue, where others tell by it whether a worker lives, and in `ps`."""

import ctypes
import os
import socket
import sys
from functools import cache

import psutil

_SAME = 0.05
"""Seconds. The kernel gives no process id again so soon."""
_PR_SET_NAME = 15


def worker_name() -> str:
    """This process's name in the queue: host, process id and start time, so that a reused id is another worker."""
    return _name(os.getpid())


@cache
def _name(pid: int) -> str:
    return name_of(psutil.Process(pid), socket.gethostname())


def name_of(process: psutil.Process, host: str) -> str:
    """The name in the queue of that process on that host."""
    return f"{host}/{process.pid}/{_started(process):.2f}"


def _started(process: psutil.Process) -> float:
    """Seconds since the machine was started: independent of its clock, which may be set."""
    return process.create_time() - psutil.boot_time()


def host_of(worker: str) -> str:
    """The worker's host."""
    return worker.split("/", maxsplit=1)[0]


def process_of(worker: str) -> psutil.Process | None:
    """The worker's process if it is alive. Looks on this host: call it for this host's workers alone."""
    _, pid, started = worker.split("/")
    try:
        process = psutil.Process(int(pid))
        same = abs(_started(process) - float(started)) < _SAME
        alive = same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if alive else None


def name_process(name: str) -> None:
    """What `ps` and `top` call this process, which a pool has forked. Linux cuts it to 15 bytes
    (`buster supervisor` shows as `buster supervis`); others ignore it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)
