"""Waits inside a step. Where the run is executed by a worker, a long wait gives the worker back until it is over."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

SUSPEND_SECONDS = 5.0
"""A wait up to this long keeps its worker: suspending and going on costs more than it gives back."""


class Suspended(BaseException):
    """Ends the step for now. Not an Exception, so that an `except Exception` in the step cannot swallow it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"waits for {seconds:g} s")
        self.seconds = seconds


_attended: ContextVar[bool] = ContextVar("attended", default=False)


@contextmanager
def attended() -> Generator[None]:
    """In this block the engine looks after the run: should this process stop, another goes on with it."""
    token = _attended.set(True)
    try:
        yield
    finally:
        _attended.reset(token)


def is_attended() -> bool:
    """Whether another process goes on with the run when this one stops."""
    return _attended.get()


@dataclass
class StepWaits:
    """The waits of the step that is being executed. `begun` are the ends of those begun by earlier executions."""

    begun: list[float]
    can_suspend: bool
    skip: bool = False
    reached: int = field(default=0, init=False)


_current: ContextVar[StepWaits | None] = ContextVar("step_waits", default=None)


@contextmanager
def step_waits(waits: StepWaits) -> Generator[None]:
    """In this block, `wait_for` belongs to that step."""
    token = _current.set(waits)
    try:
        yield
    finally:
        _current.reset(token)


def wait_for(seconds: float) -> None:
    """Wait, in a step. Up to 5 s the worker sleeps; longer, the run is suspended, and its step starts over when due.

    A step that waits longer is executed again from its beginning, and the waits that are over return at once. So put
    the wait first, or into a step of its own. Raises ValueError for a negative number, RuntimeError outside of a step.
    """
    waits = _current.get()
    if waits is None:
        raise RuntimeError("wait_for works only inside a step.")
    if seconds < 0:
        raise ValueError(f"Cannot wait for {seconds} s.")
    if waits.skip:
        return
    if seconds <= SUSPEND_SECONDS or not waits.can_suspend:
        time.sleep(seconds)
        return
    waits.reached += 1
    if waits.reached > len(waits.begun):
        waits.begun.append(time.time() + seconds)
    remaining = waits.begun[waits.reached - 1] - time.time()
    if remaining > 0:
        raise Suspended(remaining)
