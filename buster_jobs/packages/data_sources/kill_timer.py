"""Layer (c): stop a query from our side when its time is over, whether or not the database still answers."""

import threading
from collections.abc import Callable
from types import TracebackType

ANSWER_TIMEOUT = 3.0


class KillTimer:
    """`cancel` is called after `seconds`; if the block is not left `grace` seconds later, `disconnect` is.

    Both are called from a thread of the timer's own, and must not raise.
    """

    def __init__(
        self, seconds: float, cancel: Callable[[], None], disconnect: Callable[[], None], grace: float
    ) -> None:
        self._seconds = seconds
        self._cancel = cancel
        self._disconnect = disconnect
        self._grace = grace
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="buster-kill-timer", daemon=True)
        self.fired = False

    def _watch(self) -> None:
        if self._over.wait(self._seconds):
            return
        self.fired = True
        self._cancel()
        if not self._over.wait(self._grace):
            self._disconnect()

    def __enter__(self) -> "KillTimer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Joined, so that a late cancel or disconnect cannot hit the next user of the connection.
        self._over.set()
        self._thread.join()


def answered_in_time(disconnect: Callable[[], None]) -> KillTimer:
    """A timer for requests that a live server answers at once: after `ANSWER_TIMEOUT` seconds it is disconnected."""
    return KillTimer(ANSWER_TIMEOUT, disconnect, disconnect, 0.0)
