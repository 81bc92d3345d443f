"""Ends what a killed `dagster dev` leaves behind: webserver, daemon and code servers, which do not notice."""

import os
import sys
import threading
import time

import psutil

SERVING = ("dagster_webserver", "dagster-webserver", "dagster._daemon", "dagster/_daemon", "dagster-daemon")
_TICK = 1.0
_GRACE = 3.0

_watching: list[threading.Thread] = []


def end_with_dagster_dev() -> None:
    """In a webserver or daemon that `dagster dev` has started: when that is gone, end, and with us our siblings."""
    if _watching or not os.environ.get("DAGSTER_IS_DEV_CLI") or not any(name in sys.argv[0] for name in SERVING):
        return
    _watching.append(threading.Thread(target=_watch, args=(os.getppid(),), name="parent watch", daemon=True))
    _watching[0].start()


def _watch(parent: int) -> None:
    family = psutil.Process(parent).children()  # the code servers are started first
    while os.getppid() == parent:
        time.sleep(_TICK)
    # Their own children, such as our pools, end with them in good order.
    me = psutil.Process()
    for process in (*family, me):
        _signal(process, kill=False)
    _, left = psutil.wait_procs(set(family) - {me}, timeout=_GRACE)
    for process in (*left, me):
        _signal(process, kill=True)


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        process.kill() if kill else process.terminate()
    except psutil.Error:
        return  # it has ended
