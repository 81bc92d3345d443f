"""How long it takes until the system notices that a worker has vanished, measured from outside, in the queue itself."""

import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.errors import BusterError

_LOOK_SECONDS = 0.2


@dataclass
class Detection:
    """`vanished` has the seconds for each run whose worker was killed, `silent` those whose worker was frozen.

    What PostgreSQL's own absence delays is measured too.
    """

    vanished: list[float] = field(default_factory=list[float])
    silent: list[float] = field(default_factory=list[float])
    _open: dict[tuple[str, str], tuple[float, list[float]]] = field(
        default_factory=dict[tuple[str, str], tuple[float, list[float]]]
    )
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def of(self, victims: Sequence[psutil.Process], *, silent: bool = False) -> Generator[None]:
        """The victims are lost in this block. Counted are the runs that they still hold at its end."""
        pids = {victim.pid for victim in victims}
        began = time.monotonic()
        yield
        for watch in run_queue.claimed():
            if int(watch.worker.split("/")[1]) in pids:
                self._open[watch.run_id, watch.worker] = (began, self.silent if silent else self.vanished)

    def measure(self) -> None:
        """Look until `stop`."""
        while not self._over.wait(_LOOK_SECONDS):
            with suppress(BusterError):
                self._look()
        self._look()

    def stop(self, measuring: threading.Thread) -> int:
        """End `measure`, which that thread is in. Answers with the number of losses that nobody has noticed."""
        self._over.set()
        measuring.join()
        return len(self._open)

    def _look(self) -> None:
        watched = run_queue.claimed() if self._open else []
        for key in set(self._open) - {(watch.run_id, watch.worker) for watch in watched}:
            began, into = self._open.pop(key)
            into.append(time.monotonic() - began)
