"""Job records: one for each run, final once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy import Engine, delete

from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.runs.job_models import FINAL_JOB_STATUSES, JOB_STATUSES
from buster_jobs.packages.database.runs.jobs import (
    Job,
    JobUpdate,
    create_job,
    get_job_by_id,
    get_job_by_run_id,
    list_recent_jobs,
    update_job_status,
)
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.conftest import OrganizationWithChat


def new_job(status: str = "running") -> Job:
    return create_job(type="analyst_workflow", status=status, metadata={"query": "How many?"})


def test_a_job_record_holds_what_it_was_opened_with(organization: OrganizationWithChat) -> None:
    made = create_job(
        type="analyst_workflow",
        status="queued",
        metadata={"query": "How many?"},
        run_id="run-1",
        organization_id=organization.organization_id,
    )
    assert get_job_by_id(made.id) == made
    assert get_job_by_run_id("run-1") == made
    assert (made.type, made.status, made.attempts, made.metadata) == (
        "analyst_workflow",
        "queued",
        0,
        {"query": "How many?"},
    )
    assert made.organization_id == organization.organization_id
    assert (made.result, made.error, made.error_code, made.started_at, made.finished_at) == (None,) * 5


def test_a_run_has_one_record_however_often_it_is_opened(database: Engine) -> None:
    def open_one(type: str) -> Job:
        return create_job(type=type, status="running", metadata={}, run_id="run-1")

    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(open_one, "abcdef"))
    assert list_recent_jobs() == [opened[0]]
    assert all(job == opened[0] for job in opened)


def test_records_without_a_run_are_each_their_own(database: Engine) -> None:
    assert new_job().id != new_job().id


def test_starting_and_finishing_are_timed_once(database: Engine) -> None:
    job = new_job("queued")
    started = update_job_status(job_id=job.id, status="running", attempts=1).job
    again = update_job_status(job_id=job.id, status="running", attempts=2).job
    done = update_job_status(job_id=job.id, status="completed", result={"rows": 3}).job
    assert job.started_at is None
    assert started.started_at is not None
    assert again.started_at == started.started_at == done.started_at
    assert done.finished_at is not None
    assert done.finished_at > started.started_at
    assert (started.attempts, again.attempts, done.attempts) == (1, 2, 2)
    assert done.result == {"rows": 3}
    assert done.is_final
    assert not again.is_final
    assert job.updated_at < started.updated_at < again.updated_at < done.updated_at


def test_an_attempt_that_is_made_again_clears_the_error_of_the_last(database: Engine) -> None:
    job = new_job()
    failed = update_job_status(job_id=job.id, status="queued", error="No answer.", error_code="TIMEOUT").job
    assert (failed.error, failed.error_code) == ("No answer.", "TIMEOUT")
    retried = update_job_status(job_id=job.id, status="running", attempts=2).job
    assert (retried.error, retried.error_code) == (None, None)


@pytest.mark.parametrize(("final", "later"), [*product(FINAL_JOB_STATUSES, JOB_STATUSES)])
def test_a_final_status_never_changes(database: Engine, final: str, later: str) -> None:
    job = new_job()
    done = update_job_status(job_id=job.id, status=final, error="first", attempts=1)
    assert done.changed is True
    after = update_job_status(job_id=job.id, status=later, error="second", result={"a": 1}, attempts=9)
    assert after == JobUpdate(job=done.job, changed=False)
    assert get_job_by_id(job.id) == done.job


def test_of_many_that_finish_a_job_at_once_one_does(database: Engine) -> None:
    job = new_job()

    def finish(status: str) -> JobUpdate:
        return update_job_status(job_id=job.id, status=status)

    with ThreadPoolExecutor(8) as pool:
        updates = list(pool.map(finish, FINAL_JOB_STATUSES * 2))
    winners = [update for update in updates if update.changed]
    assert len(winners) == 1
    assert all(update.job == winners[0].job for update in updates)


@pytest.mark.parametrize("status", FINAL_JOB_STATUSES)
def test_a_record_may_be_final_from_the_start(database: Engine, status: str) -> None:
    job = new_job(status)
    assert job.finished_at is not None
    assert job.started_at is None


def test_an_unknown_status_is_refused_with_the_known_ones(database: Engine) -> None:
    job = new_job()
    known = "use one of queued, running, suspended, completed"
    with pytest.raises(InvalidInput, match=f"'done' is no status of a job: {known}"):
        update_job_status(job_id=job.id, status="done")
    with pytest.raises(InvalidInput, match="'done' is no status"):
        new_job("done")


def test_fewer_than_no_attempts_are_refused(database: Engine) -> None:
    with pytest.raises(InvalidInput, match="ck_jobs_attempts"):
        update_job_status(job_id=new_job().id, status="running", attempts=-1)


def test_an_unknown_job_is_not_found(database: Engine) -> None:
    unknown = uuid4()
    with pytest.raises(NotFound, match=f"There is no job {unknown}"):
        get_job_by_id(unknown)
    with pytest.raises(NotFound, match="There is no job of run run-1"):
        get_job_by_run_id("run-1")
    with pytest.raises(NotFound, match=f"There is no job {unknown}"):
        update_job_status(job_id=unknown, status="completed")


def test_an_unknown_organization_is_not_found(database: Engine) -> None:
    with pytest.raises(NotFound, match=r"The organization that was named does not exist\."):
        create_job(type="t", status="running", organization_id=uuid4())


def test_a_job_record_outlives_its_organization(organization: OrganizationWithChat) -> None:
    job = create_job(type="t", status="running", organization_id=organization.organization_id)
    with session() as opened:
        opened.execute(delete(OrganizationRow))
    assert get_job_by_id(job.id).organization_id is None


def test_the_newest_records_are_listed_first(database: Engine) -> None:
    first = create_job(type="a", status="running")
    second = create_job(type="b", status="completed")
    third = create_job(type="a", status="completed")
    assert list_recent_jobs() == [third, second, first]
    assert list_recent_jobs(limit=1) == [third]
    assert list_recent_jobs(type="a") == [third, first]
    assert list_recent_jobs(status="completed", type="b") == [second]


def test_what_postgresql_cannot_hold_does_not_keep_a_job_from_being_recorded(database: Engine) -> None:
    job = create_job(type="t", status="running", metadata={"a\x00": ["\ud800", float("inf"), uuid4()]})
    assert list(job.metadata) == ["a\N{REPLACEMENT CHARACTER}"]
    done = update_job_status(job_id=job.id, status="failed", error="bad\x00byte", result={1: float("nan")}).job
    assert (done.error, done.result) == ("bad\N{REPLACEMENT CHARACTER}byte", {"1": None})
