"""What the pool's parent does about children that do nothing any more, or that it cannot have."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest
from sqlalchemy import Engine

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter
from buster_jobs.runtime.engine.pool import Pool
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, new_run
from buster_jobs_tests.support.dagster_dev import ROOT
from buster_jobs_tests.support.polling import until


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


def test_children_that_cannot_be_started_for_want_of_processes_are_started_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()

    def job() -> None:
        os.write(writing, b"forked")

    pool = Pool(owner=os.dup(reading), lock=os.dup(reading))
    pool.missing.append(job)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fork", Mock(side_effect=BlockingIOError("Resource temporarily unavailable")))
        pool.fork_missing()
    assert not pool.children
    pool.fork_missing()
    (pid,) = pool.children
    assert os.waitpid(pid, 0) == (pid, 0)
    assert os.read(reading, 100) == b"forked"
    assert not pool.missing
    for descriptor in (reading, writing, pool.owner, pool.lock):
        os.close(descriptor)


@contextmanager
def pool_of(folder: Path, log: Path) -> Generator[subprocess.Popen[bytes]]:
    """A pool with the code in `folder`, whatever other pools of this machine do."""
    owner, keeping = os.pipe()
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT)
    command = [sys.executable, "-m", "buster_jobs.runtime.engine.pool", str(owner), str(lock)]
    with log.open("wb") as told:
        process = subprocess.Popen(command, cwd=folder, pass_fds=(owner, lock), stdout=told, stderr=told)
    os.close(owner)
    try:
        yield process
    finally:
        os.close(keeping)
        process.wait()
        os.close(lock)


def test_runs_are_supervised_from_the_start_although_the_tasks_cannot_be_loaded(
    database: Engine, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "buster_jobs", tmp_path / "buster_jobs", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "dagster.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "buster_jobs/tasks/broken.py").write_text("VALUE = = 1\n")
    with fresh_instance() as instance:
        run = new_run(instance)
        run_queue.enqueue(run.run_id, run.job_name, expires_at=datetime.now(UTC) - timedelta(seconds=1))
        with pool_of(tmp_path, tmp_path / "log"):
            until(lambda: not run_queue.is_queued(run.run_id), "the run has expired")
    assert get_dead_letter(run.run_id).reason == "expired"
    assert "cannot be loaded" in (tmp_path / "log").read_text()
