"""A run that waits gives its worker back, and goes on where it was; every view of it says so."""

from collections.abc import Callable, Generator, Mapping
from datetime import timedelta

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.runs.run_queue import Claim
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import enqueue
from buster_jobs.runtime.engine.workers.worker import Worker
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.runtime.support import waiting_location as location


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    location.executions.clear()
    with open_instance() as opened:
        yield opened


@pytest.fixture
def pass_time(database: Engine) -> Callable[[float], None]:
    """Let so many seconds have passed, as far as waits and the queue can tell."""

    def shift(seconds: float) -> None:
        with database.begin() as connection:
            connection.execute(
                text("UPDATE buster.run_queue SET due_at = due_at - :by"), {"by": timedelta(seconds=seconds)}
            )
            connection.execute(
                text("UPDATE buster.step_waits SET ends = (SELECT array_agg(e - :by) FROM unnest(ends) e)"),
                {"by": seconds},
            )
        run_queue.promote_due()

    return shift


def start(instance: dg.DagsterInstance, job: str) -> str:
    _, run = create_run(job, {}, instance, location.__name__)
    enqueue(run)
    return run.run_id


def work(instance: dg.DagsterInstance) -> Claim | None:
    """What a worker does with one claim."""
    claim = run_queue.claim("test/1/1", ["default"])
    if claim:
        Worker(["default"], "test/1/1").work(claim, instance)
    return claim


def status(instance: dg.DagsterInstance, run_id: str) -> str:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status.value


def test_a_long_wait_gives_the_worker_back_and_goes_on_from_its_step(
    instance: dg.DagsterInstance, pass_time: Callable[[float], None]
) -> None:
    run_id = start(instance, "pausing")
    assert work(instance)
    assert (status(instance, run_id), work(instance)) == ("QUEUED", None)
    pass_time(61)
    assert work(instance)  # comes as far as its second wait
    assert (status(instance, run_id), work(instance)) == ("QUEUED", None)
    pass_time(61)
    assert work(instance)
    assert status(instance, run_id) == "SUCCESS"
    assert location.executions == {"before": 1, "pause": 3, "after": 1}
    job = get_job_by_run_id(run_id)
    assert (job.status, job.result, job.attempts) == ("completed", 42, 1)
    assert not run_queue.is_queued(run_id)


def test_every_view_of_a_suspended_run_says_so(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, "pausing")
    work(instance)
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert run.tags[run_tags.SUSPENDED_UNTIL].endswith("+00:00")
    assert get_job_by_run_id(run_id).status == "suspended"
    messages = [entry.message for entry in instance.all_logs(run_id)]
    assert any("step pause goes on then" in message for message in messages)


def test_a_run_that_is_woken_too_early_waits_for_the_rest(
    instance: dg.DagsterInstance, pass_time: Callable[[float], None], database: Engine
) -> None:
    run_id = start(instance, "pausing")
    work(instance)
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.run_queue SET due_at = clock_timestamp()"))
    run_queue.promote_due()
    assert work(instance)
    assert status(instance, run_id) == "QUEUED"
    pass_time(61)
    work(instance)
    pass_time(61)
    work(instance)
    assert get_job_by_run_id(run_id).attempts == 1
    assert status(instance, run_id) == "SUCCESS"


def test_a_suspended_run_keeps_its_concurrency_key(
    instance: dg.DagsterInstance, pass_time: Callable[[float], None]
) -> None:
    start(instance, "pausing")
    second = start(instance, "pausing")
    work(instance)
    assert work(instance) is None
    for _ in range(2):
        pass_time(61)
        work(instance)
    claim = work(instance)
    assert claim is not None
    assert claim.run_id == second


def test_a_long_retry_delay_gives_the_worker_back_and_counts_its_attempts(
    instance: dg.DagsterInstance, pass_time: Callable[[float], None]
) -> None:
    run_id = start(instance, "rate_limited")
    for expected in ("QUEUED", "QUEUED", "SUCCESS"):
        assert work(instance)
        assert status(instance, run_id) == expected
        pass_time(61)
    job = get_job_by_run_id(run_id)
    assert (job.status, job.attempts, job.result) == ("completed", 3, "through")


def test_a_suspended_run_can_be_cancelled(instance: dg.DagsterInstance, pass_time: Callable[[float], None]) -> None:
    run_id = start(instance, "pausing")
    work(instance)
    assert instance.run_coordinator.cancel_run(run_id)
    assert status(instance, run_id) == "CANCELED"
    assert get_job_by_run_id(run_id).status == "canceled"
    pass_time(61)
    assert work(instance) is None


def test_a_run_that_is_cancelled_just_when_it_begins_to_wait_does_not_wait(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = start(instance, "pausing")
    add_run_tags = instance.add_run_tags

    def cancel_first(of: str, tags: Mapping[str, str]) -> None:
        instance.run_coordinator.cancel_run(of)
        add_run_tags(of, tags)

    with monkeypatch.context() as patch:
        patch.setattr(instance, "add_run_tags", cancel_first)
        assert work(instance)
    done = dict(location.executions)
    assert work(instance)
    assert status(instance, run_id) == "CANCELED"
    assert get_job_by_run_id(run_id).status == "canceled"
    assert location.executions == done
    assert not run_queue.is_queued(run_id)


def test_a_run_whose_worker_was_lost_goes_on_after_its_last_finished_step(
    instance: dg.DagsterInstance, pass_time: Callable[[float], None]
) -> None:
    run_id = start(instance, "pausing")
    work(instance)
    pass_time(61)
    lost = run_queue.claim("lost/1/1", ["default"])
    assert lost is not None
    run_queue.give_back(run_id, "lost/1/1")
    work(instance)
    pass_time(61)
    work(instance)
    assert status(instance, run_id) == "SUCCESS"
    assert location.executions["before"] == 1
