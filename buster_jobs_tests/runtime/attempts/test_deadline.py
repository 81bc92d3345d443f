"""A deadline ends the block that it guards, and nothing else."""

import contextlib
import signal
import threading
import time

import pytest

from buster_jobs.packages.errors import TimedOut
from buster_jobs.runtime.attempts.deadline import deadline


def busy() -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        pass


def test_a_blocking_call_is_interrupted_in_the_main_thread() -> None:
    with pytest.raises(TimedOut, match=r"deadline of 0\.05 s"), deadline(0.05):
        time.sleep(30)


def test_an_except_exception_inside_the_block_does_not_swallow_the_deadline() -> None:
    def stubborn() -> None:
        while True:
            with contextlib.suppress(Exception):
                time.sleep(30)

    with pytest.raises(TimedOut), deadline(0.05):
        stubborn()


def test_work_in_another_thread_is_ended_too() -> None:
    caught: list[BaseException] = []

    def work() -> None:
        try:
            with deadline(0.05):
                busy()
        except TimedOut as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [type(error) for error in caught] == [TimedOut]


def test_a_block_that_ends_in_time_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with deadline(3600):
        assert signal.getitimer(signal.ITIMER_REAL) > (0.0, 0.0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_no_deadline_is_no_limit() -> None:
    with deadline(None):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
