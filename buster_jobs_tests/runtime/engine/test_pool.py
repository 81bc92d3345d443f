"""What the pool's parent does about children that do nothing any more."""

import os
import signal
from collections.abc import Generator

import psutil
import pytest

from buster_jobs.runtime.engine.pool import Pool
from buster_jobs_tests.patience import until


@pytest.fixture
def child() -> Generator[psutil.Process]:
    pid = os.fork()
    if pid == 0:
        signal.pause()
        os._exit(0)
    yield psutil.Process(pid)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def is_killed(child: psutil.Process) -> bool:
    return child.status() == psutil.STATUS_ZOMBIE


def test_a_child_that_is_stopped_for_long_is_killed(child: psutil.Process) -> None:
    pool = Pool(owner=-1, lock=-1, children={child.pid: None})
    child.send_signal(signal.SIGSTOP)
    until(lambda: child.status() == psutil.STATUS_STOPPED, "the child is stopped")
    for now in (0.0, 19.0):
        pool.end_the_stopped(now)
    assert not is_killed(child)
    pool.end_the_stopped(21.0)
    until(lambda: is_killed(child), "the child is killed")


def test_a_child_that_goes_on_in_time_is_left_alone(child: psutil.Process) -> None:
    pool = Pool(owner=-1, lock=-1, children={child.pid: None})
    child.send_signal(signal.SIGSTOP)
    until(lambda: child.status() == psutil.STATUS_STOPPED, "the child is stopped")
    pool.end_the_stopped(0.0)
    child.send_signal(signal.SIGCONT)
    until(lambda: child.status() != psutil.STATUS_STOPPED, "the child goes on")
    for now in (10.0, 21.0, 42.0):
        pool.end_the_stopped(now)
    assert not is_killed(child)
