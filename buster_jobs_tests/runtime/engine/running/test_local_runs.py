"""Runs that a process outside of the pool executes, as the command line does: supervisors look after them too."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack
from typing import Any

import pytest

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.running_system import System

Start = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture
def start(system: System) -> Generator[Start]:
    """Start a task in a process of its own; answers with that, when the task has begun, and the run's id."""
    with ExitStack() as stack:

        def begin(task: str, **payload: Any) -> tuple[subprocess.Popen[str], str]:
            module = "buster_jobs_tests.runtime.support.run_here"
            command = [sys.executable, "-m", module, task, json.dumps(payload)]
            process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            stack.callback(process.kill)
            assert process.stdout
            run_id = process.stdout.readline().strip()
            assert system.worker_of(run_id) == process.pid
            return process, run_id

        yield begin


def test_when_its_process_is_killed_a_worker_goes_on_with_the_run(system: System, start: Start) -> None:
    process, run_id = start("naps", gate="its first process is gone", number=7)
    process.kill()
    until(lambda: system.effects(run_id) == ["began", "began"], "a worker has taken it")
    system.open_gate("its first process is gone")
    assert system.wait(run_id) == "SUCCESS"
    assert (system.job(run_id).status, system.job(run_id).result) == ("completed", {"number": 7})


def test_a_local_run_can_be_cancelled_in_the_ui(system: System, start: Start) -> None:
    process, run_id = start("naps", seconds=600)
    assert system.cancel(run_id) == "TerminateRunSuccess"
    assert system.wait(run_id) == "CANCELED"
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_local_run_whose_process_is_stopped_fails_and_is_not_delivered_again(
    system: System, start: Start, number: signal.Signals
) -> None:
    process, run_id = start("naps", seconds=600)
    process.send_signal(number)
    process.wait()
    assert system.status(run_id) == "FAILURE"
    assert get_dead_letter(run_id).reason == "crash"
    assert not run_queue.is_queued(run_id), "no worker goes on with it"


def test_a_local_run_that_has_ended_leaves_nothing_in_the_queue(system: System, start: Start) -> None:
    process, run_id = start("naps", number=3)
    assert process.wait() == 0
    assert system.status(run_id) == "SUCCESS"
    assert not run_queue.is_queued(run_id)
