"""What a run may count on: its output is kept, it can be stopped, it has its deadline, and others' crashes spare it."""

import psutil
import pytest
from sqlalchemy import text

from buster_jobs.packages.database.server.engine import get_engine
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.processes import is_gone
from buster_jobs_tests.support.running_system import System

BLOCKING = ("naps", "queries", "queries_deaf", "swallows")


def queries_on_the_server() -> int:
    query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%misbehaving%' AND pid <> pg_backend_pid()"
    with get_engine().connect() as connection:
        return connection.scalar(text(query)) or 0


def test_what_a_run_prints_is_in_the_ui(system: System) -> None:
    run_id = system.launch("prints", number=7)
    assert system.wait(run_id) == "SUCCESS"
    captured = system.captured(run_id)
    assert sorted(captured["stdout"].splitlines()) == ["child out", "out 7", "raw out"]
    assert "err 7" in captured["stderr"].splitlines()


@pytest.mark.parametrize("job", BLOCKING)
def test_a_cancelled_run_is_canceled_and_its_process_is_gone(system: System, job: str) -> None:
    run_id = system.launch(job, seconds=120)
    worker = psutil.Process(system.worker_of(run_id))
    assert system.cancel(run_id) == "TerminateRunSuccess"
    assert system.wait(run_id) == "CANCELED"
    assert is_gone(worker)
    assert system.job(run_id).status == "canceled"
    assert "ended" not in system.effects(run_id)
    until(lambda: queries_on_the_server() == 0, "the query has ended on the server")


def test_a_delayed_run_can_be_cancelled(system: System) -> None:
    run_id = system.launch("naps", {"buster/delay": "3600"})
    assert system.status(run_id) == "QUEUED"
    system.cancel(run_id)
    assert system.wait(run_id) == "CANCELED"
    assert system.job(run_id).status == "canceled"
    assert system.effects(run_id) == []


def test_a_blocked_run_can_be_cancelled_and_the_others_keep_their_order(system: System) -> None:
    first, second, third = (system.launch("one_at_a_time", key="cancel", gate="after the cancel") for _ in range(3))
    system.cancel(second)
    assert system.wait(second) == "CANCELED"
    system.open_gate("after the cancel")
    assert [system.wait(run_id) for run_id in (first, second, third)] == ["SUCCESS", "CANCELED", "SUCCESS"]
    assert system.effects(second) == []


def test_a_run_that_waits_for_a_worker_can_be_cancelled(system: System) -> None:
    busy = [system.launch("naps_long", gate="others may work") for _ in range(2)]
    for run_id in busy:
        system.worker_of(run_id)
    run_id = system.launch("naps_long")
    assert system.cancel(run_id) == "TerminateRunSuccess"
    assert system.wait(run_id) == "CANCELED"
    system.open_gate("others may work")
    assert {system.wait(other) for other in busy} == {"SUCCESS"}
    assert system.effects(run_id) == []


def test_a_crash_takes_no_other_run_with_it_and_the_run_is_delivered_again(system: System) -> None:
    bystander = system.launch("naps", gate="after the crash", number=1)
    system.worker_of(bystander)
    run_id = system.launch("kills_itself", times=1, number=5)
    assert system.wait(run_id) == "SUCCESS"
    assert system.effects(run_id) == ["began", "began"]
    assert system.job(run_id).result == {"number": 5}
    system.open_gate("after the crash")
    assert system.wait(bystander) == "SUCCESS"
    assert system.effects(bystander) == ["began", "ended"]


@pytest.mark.parametrize("job", ["kills_itself", "segfaults"])
def test_a_run_that_kills_every_worker_fails_after_three(system: System, job: str) -> None:
    run_id = system.launch(job, times=99)
    assert system.wait(run_id) == "FAILURE"
    assert system.effects(run_id) == ["began"] * 3
    record = system.job(run_id)
    assert (record.status, record.error_code) == ("failed", "CRASH")


@pytest.mark.parametrize("job", ["late", "late_deaf", "late_holding_the_interpreter"])
def test_a_deadline_ends_the_run_whatever_its_code_does(system: System, job: str) -> None:
    run_id = system.launch(job, seconds=60)
    worker = psutil.Process(system.worker_of(run_id))
    assert system.wait(run_id) == "FAILURE"
    record = system.job(run_id)
    assert (record.status, record.error_code) == ("failed", "TIMEOUT")
    if job == "late":
        assert system.effects(run_id) == ["began 1", "began 2"]
    else:
        assert system.effects(run_id) == ["began"]
        assert is_gone(worker)


def test_a_workflow_passes_on_its_results(system: System) -> None:
    run_id = system.launch("calculates", number=20)
    assert system.wait(run_id) == "SUCCESS"
    assert system.job(run_id).result == {"number": 41}
