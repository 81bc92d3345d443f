"""Which processes `buster-jobs stop` ends."""

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from buster_jobs.cli.processes import MARK, end_processes


@pytest.fixture
def sleeper() -> Generator[Callable[[Path], psutil.Popen]]:
    """`sleeper(checkout)`: a process with a child, both as `buster-jobs dev` of that checkout would leave them."""
    child = "import sys; print(1, flush=True); sys.stdin.read()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    started: list[psutil.Popen] = []

    def start(checkout: Path) -> psutil.Popen:
        process = psutil.Popen(
            [sys.executable, "-c", code],
            env=os.environ | {MARK: str(checkout)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        process.stdout.readline()
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(psutil.NoSuchProcess):
            process.kill()
        process.wait()


def test_stop_ends_the_processes_of_a_checkout_and_their_children(
    sleeper: Callable[[Path], psutil.Popen], tmp_path: Path
) -> None:
    process = sleeper(tmp_path)
    (child,) = process.children()
    assert end_processes(tmp_path) == sorted([process.pid, child.pid])
    assert not child.is_running()
    assert end_processes(tmp_path) == []


def test_stop_ends_children_that_have_lost_their_parent(
    sleeper: Callable[[Path], psutil.Popen], tmp_path: Path
) -> None:
    process = sleeper(tmp_path)
    (child,) = process.children()
    process.kill()
    process.wait()
    assert end_processes(tmp_path) == [child.pid]


def test_stop_leaves_another_checkouts_processes_alone(sleeper: Callable[[Path], psutil.Popen], tmp_path: Path) -> None:
    other = sleeper(tmp_path / "other")
    assert end_processes(tmp_path) == []
    assert other.is_running()
