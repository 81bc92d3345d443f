"""A time-boxed call: a limit for what takes no timeout of its own, such as a name look-up."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


def within(seconds: float, do: Callable[[], T], discard: Callable[[T], None]) -> T:
    """What `do` returns or raises, in a thread of its own. Raises `TimeoutError` when it takes longer.

    What comes too late is given to `discard`.
    """
    attempt = _Attempt(do, discard)
    threading.Thread(target=attempt.run, name="buster-time-box", daemon=True).start()
    return attempt.result(seconds)


class _Attempt(Generic[T]):
    def __init__(self, do: Callable[[], T], discard: Callable[[T], None]) -> None:
        self._do = do
        self._discard = discard
        self._outcome: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()
        self._lock = threading.Lock()
        self._given_up = False

    def run(self) -> None:
        try:
            made, error = self._do(), None
        except Exception as failure:  # noqa: BLE001, handed to the thread that waits
            made, error = None, failure
        with self._lock:
            if not self._given_up:
                self._outcome.put((made, error))
                return
        if made is not None:
            self._discard(made)

    def result(self, seconds: float) -> T:
        try:
            made, error = self._outcome.get(timeout=seconds)
        except Empty:
            made, error = self._give_up()
        if error is not None:
            raise error
        return made  # pyright: ignore[reportReturnType] - without an error `do` returned it

    def _give_up(self) -> tuple[T | None, BaseException | None]:
        with self._lock:
            self._given_up = True
            if not self._outcome.empty():
                return self._outcome.get()
        return None, TimeoutError()
