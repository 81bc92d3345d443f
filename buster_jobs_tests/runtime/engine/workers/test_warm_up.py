"""Which workers count as warm: those that say so and are alive."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from buster_jobs.runtime.engine.workers.warm_up import wait_until_warm, warm, warm_workers


@pytest.fixture(autouse=True)
def own_state(configure: Callable[..., None], tmp_path: Path) -> None:
    configure(BUSTER_STATE_DIR=str(tmp_path), BUSTER_WORKER_SLOTS='{"default": 2}')


def test_a_worker_counts_for_as_long_as_it_is_warm() -> None:
    assert warm_workers() == 0
    with warm():
        assert warm_workers() == 1
    assert warm_workers() == 0


def test_a_killed_worker_counts_no_more() -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with warm():
            os.write(writing, b".")
            signal.pause()
    os.read(reading, 1)
    assert warm_workers() == 1
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert warm_workers() == 0


def test_a_worker_counts_although_its_file_was_taken_for_a_killed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, opened = fcntl.flock, list[int]()

    def somebody_looks_first(descriptor: int, operation: int) -> None:
        opened.append(descriptor)
        if len(opened) == 1:
            assert warm_workers() == 0
        lock(descriptor, operation)

    monkeypatch.setattr("buster_jobs.runtime.engine.workers.warm_up.fcntl.flock", somebody_looks_first)
    with warm():
        assert warm_workers() == 1


def test_waiting_gives_up_and_says_how_far_it_came() -> None:
    heard: list[tuple[int, int]] = []
    with warm():
        assert not wait_until_warm(0, lambda found, wanted: heard.append((found, wanted)))
    assert heard[-1] == (1, 2)


def test_a_fork_of_the_pool_has_what_attempts_and_replays_need() -> None:
    program = """
import sys
from buster_jobs.runtime.engine.workers.warm_up import load_everything
load_everything()
print([name for name in ("attempts.execution", "replay") if f"buster_jobs.runtime.{name}" not in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
