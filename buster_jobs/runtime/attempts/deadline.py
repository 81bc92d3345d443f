"""A time limit for the code inside a `with` block."""

import ctypes
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from buster_jobs.packages.errors import TimedOut


class _Expired(KeyboardInterrupt):
    """Not an Exception, so that an `except Exception` inside the block cannot swallow it.

    On Ctrl-C, and so on this, psycopg ends its query on the server too.
    """


@contextmanager
def deadline(seconds: float | None) -> Generator[None]:
    """Raise `TimedOut` in the block once `seconds` have passed; None means no limit.

    In the main thread a signal interrupts blocking calls too; in any other thread the block ends at its next
    Python instruction.
    """
    if seconds is None:
        yield
        return
    in_main_thread = threading.current_thread() is threading.main_thread()
    cancel = _start_signal(seconds) if in_main_thread else _start_timer(seconds)
    try:
        try:
            yield
        finally:
            cancel()
    except _Expired:
        cancel()
        raise TimedOut(f"The attempt passed its deadline of {seconds:g} s.") from None


def _start_signal(seconds: float) -> Callable[[], None]:
    def expire(_signal: int, _frame: FrameType | None) -> None:
        raise _Expired

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)

    def cancel() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)

    return cancel


def _start_timer(seconds: float) -> Callable[[], None]:
    thread_id, lock, cancelled = threading.get_ident(), threading.Lock(), threading.Event()

    def expire() -> None:
        with lock:  # else the error could be raised after the block has ended
            if not cancelled.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), ctypes.py_object(_Expired))

    def cancel() -> None:
        with lock:
            cancelled.set()
        timer.cancel()

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    return cancel
