"""Starts this machine's worker pool for a process that serves, and ends it with that process."""

import os
import subprocess
import sys
import threading
import time

from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.engine.workers.folder import workers_folder
from buster_jobs.runtime.engine.workers.orphans import SERVING

_SHORT_LIFE = 2.0
"""A pool that ended within so many seconds is not started again before as many have passed."""

_owned: list[int] = []
"""The writing ends of the pipes that keep pools alive: they close when this process ends, however it ends."""


def pool_command(owner: int) -> list[str]:
    """What starts a pool that ends when the pipe `owner` closes."""
    return [sys.executable, "-m", "buster_jobs.runtime.engine.pool", str(owner)]


def start_beside_a_server() -> None:
    """In a webserver or daemon, start a pool that ends with it, unless settings say that workers run elsewhere.

    Where a pool is alive already, the new one stands by to take over.
    """
    if _owned or not get_settings().local_workers or not any(name in sys.argv[0] for name in SERVING):
        return
    reading, writing = os.pipe()
    _owned.append(writing)
    threading.Thread(target=_keep_alive, args=(reading,), name="workers", daemon=True).start()


def _keep_alive(pipe: int) -> None:
    """Start the pool, and again whenever it has ended: only its owner's end may end it."""
    while True:
        started = time.monotonic()
        _start(pipe).wait()
        if time.monotonic() - started < _SHORT_LIFE:
            time.sleep(_SHORT_LIFE)


def _start(pipe: int) -> subprocess.Popen[bytes]:
    with (workers_folder() / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own module
            pool_command(pipe),
            pass_fds=(pipe,),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _disown() -> None:
    """A forked child does not keep the pool alive."""
    for descriptor in _owned:
        os.close(descriptor)
    _owned.clear()


os.register_at_fork(after_in_child=_disown)
