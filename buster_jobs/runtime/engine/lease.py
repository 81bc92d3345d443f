"""What a worker holds while it executes a run: its heartbeat, which also hears that the run is to stop.

A signal cannot say which run is meant, and may arrive when the next one has begun. So the supervisor only signals, and
the worker reads what to do from the queue, under a lock that the end of the run takes too.
"""

import os
import signal
import threading
from contextlib import AbstractContextManager, suppress
from queue import Empty, SimpleQueue

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.errors import BusterError

HEARTBEAT_SECONDS = 5.0
STOP_SIGNAL = signal.SIGUSR2
"""What a supervisor sends to a worker whose run was cancelled."""


_held: "list[Lease]" = []


def check_lease(run_id: str) -> None:
    """Before the outcome of a run that this process executes is written: end here and now if another has the run.

    Does nothing for any other run. Raises `DatabaseUnavailable`.
    """
    for lease in _held:
        lease.check(run_id)


class Lease(AbstractContextManager[None]):
    """The claim of this process on one run, for the time of a `with` block in the main thread."""

    def __init__(self, run_id: str, worker: str) -> None:
        self._run_id, self._worker = run_id, worker
        self._signals: SimpleQueue[None] = SimpleQueue()  # may be filled from a signal handler
        self._lock = threading.Lock()
        self._ended = self._interrupted = False
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        """Begin to beat."""
        _held.append(self)
        signal.signal(STOP_SIGNAL, lambda _signal, _frame: self._signals.put(None))
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        """From here on the run is neither interrupted nor kept alive."""
        _held.remove(self)
        with self._lock:
            self._ended = True
        signal.signal(STOP_SIGNAL, signal.SIG_IGN)
        self._signals.put(None)
        self._thread.join()

    def check(self, run_id: str) -> None:
        """`check_lease`, of this one."""
        if run_id == self._run_id and run_queue.heartbeat(run_id, self._worker) == "lost":
            _end_here()

    def _beat(self) -> None:
        while not self._ended:
            with suppress(Empty):
                self._signals.get(timeout=HEARTBEAT_SECONDS)
            if self._ended:
                return
            try:
                heard = run_queue.heartbeat(self._run_id, self._worker)
            except BusterError:
                continue  # whether the run is still ours is decided when the database is back
            self._act(heard)

    def _act(self, heard: run_queue.Heard) -> None:
        with self._lock:
            if self._ended or heard == "go on":
                return
            if heard == "lost":
                _end_here()
            if not self._interrupted:
                self._interrupted = True
                # To the main thread: another one would not be woken from what it blocks in.
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _end_here() -> None:
    """Another worker has the run: end before anything more is written."""
    os.kill(os.getpid(), signal.SIGKILL)
