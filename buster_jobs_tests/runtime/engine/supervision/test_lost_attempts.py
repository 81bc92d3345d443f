"""Attempts that end with their worker: by the watchdog when they are late, or by a crash. No process is killed here."""

from collections.abc import Generator

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.attempts import Begun, begin_attempt, end_attempt
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.outcomes import note_killed_attempt
from buster_jobs.runtime.engine.queueing.submission import submit
from buster_jobs.runtime.engine.supervision.supervisor import Supervisor
from buster_jobs.runtime.engine.workers.delivery import MAX_DELIVERIES
from buster_jobs_tests.runtime.support import losing_location as location
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, work_all

GONE = "here/999999999/1.0"
"""A worker of this host that is no process any more."""


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    location.told.clear()
    with fresh_instance() as opened:
        yield opened


def start(instance: dg.DagsterInstance, task: str) -> str:
    return submit(instance, create_run(task, {}, instance, location.__name__)[1]).run_id


def lose(instance: dg.DagsterInstance, run_id: str, *, late: bool = False, step: str | None = None) -> None:
    """A worker begins an attempt, after which nothing is heard of it; with `late`, not even at its deadline."""
    claim = run_queue.claim(GONE, ["default"])
    assert claim
    assert claim.run_id == run_id
    begin_attempt(run_id=run_id, task=claim.task, step=step or claim.task, payload={})
    if late:
        run_queue.set_deadline(run_id, GONE, -60)
    Supervisor(instance, host="here").tick()


def note_judged(database: Engine) -> None:
    """What a worker leaves that has judged a killed attempt, and is to begin the next."""
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.jobs SET attempt_log = attempt_log #- '{-1,killed}'"))


def log(run_id: str) -> list[tuple[int, str | None]]:
    return [(attempt.number, attempt.error_code) for attempt in get_job_by_run_id(run_id).attempt_log]


def test_a_late_supervisor_leaves_the_next_workers_attempt_alone(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "tries_twice")
    lose(instance, run_id)
    claim = run_queue.claim("here/1/1", ["default"])
    assert claim
    begun = begin_attempt(run_id=run_id, task=claim.task, step=claim.task, payload={})
    note_killed_attempt(instance.get_run_by_id(run_id) or pytest.fail("The run is gone."), GONE)
    assert isinstance(begun, Begun)
    assert end_attempt(begun), "it may still write"


def test_an_attempt_that_was_killed_at_its_deadline_is_followed_by_another(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "tries_twice")
    lose(instance, run_id, late=True)
    assert log(run_id) == [(1, "TIMEOUT")]
    work_all(instance)
    job = get_job_by_run_id(run_id)
    assert (job.status, job.result, job.attempts) == ("completed", 2, 2)
    assert log(run_id) == [(1, "TIMEOUT"), (2, None)]
    assert location.told == ["attempt 2", "complete: completed"]


def test_after_its_last_late_attempt_the_run_fails_with_hooks_and_letter(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    run_id = start(instance, "tries_twice")
    lose(instance, run_id, late=True)
    note_judged(database)
    lose(instance, run_id, late=True)
    work_all(instance)
    letter = get_dead_letter(run_id)
    assert (letter.reason, letter.error_code, letter.attempts) == ("timeout", "TIMEOUT", 2)
    assert "its process was killed" in letter.error
    assert location.told == ["failed in attempt 2: TIMEOUT", "complete: failed"]
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert run.status is dg.DagsterRunStatus.FAILURE


def test_the_delay_before_the_next_attempt_is_kept(instance: dg.DagsterInstance, database: Engine) -> None:
    run_id = start(instance, "tries_again_later")
    lose(instance, run_id, late=True)
    work_all(instance)
    assert location.told == []
    assert get_job_by_run_id(run_id).status == "suspended"
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.run_queue SET due_at = clock_timestamp()"))
    run_queue.promote_due()
    work_all(instance)
    assert location.told == ["attempt 2"]


def test_as_many_attempts_may_be_late_as_the_task_says(instance: dg.DagsterInstance, database: Engine) -> None:
    run_id = start(instance, "tries_six_times")
    for number in range(1, MAX_DELIVERIES + 2):
        lose(instance, run_id, late=True)
        assert log(run_id)[-1] == (number, "TIMEOUT")
        note_judged(database)
    work_all(instance)
    assert get_job_by_run_id(run_id).result == MAX_DELIVERIES + 2


def test_a_worker_that_is_lost_while_it_records_a_late_attempt_changes_nothing(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "tries_twice")
    lose(instance, run_id, late=True)
    lose(instance, run_id)  # it has only begun to judge
    assert log(run_id) == [(1, "TIMEOUT")]
    work_all(instance)
    assert log(run_id) == [(1, "TIMEOUT"), (2, None)]


def test_only_the_step_that_was_killed_is_executed_again(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "in_two_steps")
    lose(instance, run_id, late=True, step="first")
    work_all(instance)
    assert location.told == ["first", "second, attempt 1"]


def test_a_task_that_must_not_restart_fails_when_its_worker_is_lost(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "must_not_happen_twice")
    lose(instance, run_id)
    work_all(instance)
    letter = get_dead_letter(run_id)
    assert (letter.reason, letter.error_code, letter.state) == ("crash", "CRASH", "open")
    assert "not to be restarted" in letter.error
    assert location.told == ["failed in attempt 1: CRASH"]


def test_a_task_that_must_not_restart_fails_when_it_was_killed_at_its_deadline(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "must_not_happen_twice")
    lose(instance, run_id, late=True)
    work_all(instance)
    assert get_dead_letter(run_id).reason == "timeout"
    assert location.told == ["failed in attempt 1: TIMEOUT"]


def test_a_task_that_must_not_restart_runs_when_its_worker_was_lost_before_it_began(
    instance: dg.DagsterInstance,
) -> None:
    run_id = start(instance, "must_not_happen_twice")
    assert run_queue.claim(GONE, ["default"])
    Supervisor(instance, host="here").tick()
    work_all(instance)
    assert location.told == ["attempt 1"]
    assert get_job_by_run_id(run_id).status == "completed"


def test_a_run_that_loses_every_worker_has_its_hooks_called(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "tries_twice")
    for _ in range(MAX_DELIVERIES):
        lose(instance, run_id)
    work_all(instance)
    assert location.told == ["failed in attempt 3: CRASH", "complete: failed"]
    job = get_job_by_run_id(run_id)
    assert (job.status, job.hook_errors) == ("failed", ("on_complete: RuntimeError: This hook is broken.",))
    assert get_dead_letter(run_id).reason == "crash"
