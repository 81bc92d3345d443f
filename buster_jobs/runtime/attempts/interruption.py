"""What SIGTERM and SIGINT raise in a running function."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

import dagster as dg


class Interrupted(dg.DagsterExecutionInterruptedError, KeyboardInterrupt):
    """To Dagster the run was interrupted; to psycopg it is Ctrl-C, on which it ends its query on the server too."""


@contextmanager
def interruptible() -> Generator[None]:
    """SIGTERM and SIGINT raise `Interrupted` in this block. Does nothing outside of the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise Interrupted

    previous = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        for number in previous:
            signal.signal(number, interrupt)
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
