"""Attempts in the job record: counted before they work, one at a time, and a late one cannot write."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from buster_jobs.packages.database.runs.attempts import Begun, begin_attempt, end_attempt, pause_attempt
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.jobs import get_job_by_id
from buster_jobs.packages.database.runs.outcomes import Outcome, close_job
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.properties import WITH_FIXTURES

pytestmark = pytest.mark.usefixtures("database")


def begin(run_id: str = "run-1", step: str = "s", **payload: object) -> Begun:
    begun = begin_attempt(run_id=run_id, task="t", step=step, payload=payload)
    assert isinstance(begun, Begun)
    return begun


def test_an_attempt_is_counted_before_it_works_and_takes_the_fence() -> None:
    first = begin()
    second = begin()
    assert (first.number, first.fence, second.number, second.fence) == (1, 1, 2, 2)
    job = get_job_by_id(first.job_id)
    assert (job.status, job.attempts, job.fence) == ("running", 2, 2)


def test_an_attempt_whose_worker_was_lost_is_recorded_as_crashed_when_the_next_begins() -> None:
    begin()
    log = get_job_by_id(begin().job_id).attempt_log
    assert [(attempt.number, attempt.error_code) for attempt in log] == [(1, "CRASH"), (2, None)]
    assert log[0].finished_at is not None
    assert log[1].finished_at is None


def test_each_step_counts_its_own_attempts() -> None:
    numbers = [begin(step=step).number for step in ("a", "a", "b", "b", "b")]
    assert numbers == [1, 2, 1, 2, 3]


@pytest.mark.parametrize("late", ["completed", "failed", "rejected"])
def test_a_late_attempt_cannot_write_an_outcome(late: str) -> None:
    zombie = begin()
    alive = begin()
    assert close_job(zombie.job_id, Outcome(late), fence=zombie.fence) == "superseded"
    assert end_attempt(zombie) is False
    assert close_job(alive.job_id, Outcome("failed", error_code="E", error="It broke."), fence=alive.fence) == "closed"
    assert close_job(zombie.job_id, Outcome(late), fence=zombie.fence) == "final"
    assert get_job_by_id(alive.job_id).status == "failed"


def test_of_a_run_that_has_its_outcome_no_attempt_begins() -> None:
    begun = begin()
    close_job(begun.job_id, Outcome("completed", result={"rows": 3}), fence=begun.fence)
    again = begin_attempt(run_id="run-1", task="t", step="s", payload={})
    assert isinstance(again, Job)
    assert (again.status, again.result) == ("completed", {"rows": 3})


def test_an_attempt_that_waited_without_a_worker_goes_on_as_itself() -> None:
    pause_attempt(begin())
    resumed = begin()
    assert (resumed.number, resumed.fence, resumed.resumed) == (1, 2, True)
    crashed = begin()
    assert (crashed.number, crashed.resumed) == (2, False)
    assert [attempt.error_code for attempt in get_job_by_id(crashed.job_id).attempt_log] == ["CRASH", None]


def test_of_attempts_that_begin_at_once_each_gets_a_number_of_its_own() -> None:
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(begin, ["run-1"] * 16))
    assert sorted(one.fence for one in begun) == sorted(one.number for one in begun) == [*range(1, 17)]


def test_a_record_belongs_to_the_organization_that_its_payload_leads_to(organization: OrganizationWithChat) -> None:
    chat = begin("run-1", chat_id=str(organization.chat_id))
    named = begin("run-2", organization_id=str(organization.organization_id))
    stranger = begin("run-3", organization_id=str(uuid4()), chat_id="no id at all")
    owners = [get_job_by_id(one.job_id).organization_id for one in (chat, named, stranger)]
    assert owners == [organization.organization_id, organization.organization_id, None]


class History:
    """One run's attempts, as several workers that do not know of each other would write them."""

    def __init__(self) -> None:
        self.run_id = str(uuid4())
        self.held: list[Begun] = []
        self.closed = 0

    def begin(self) -> None:
        begun = begin_attempt(run_id=self.run_id, task="t", step="s", payload={})
        assert isinstance(begun, Begun) is not bool(self.closed)
        if isinstance(begun, Begun):
            self.held.append(begun)

    def end(self) -> None:
        assert end_attempt(self.held[-1]) is not bool(self.closed)

    def pause(self) -> None:
        pause_attempt(self.held[-1])

    def late(self) -> None:
        for begun in self.held[:-1]:
            assert close_job(begun.job_id, Outcome("completed"), fence=begun.fence) != "closed"

    def close(self) -> None:
        last = self.held[-1]
        self.closed += close_job(last.job_id, Outcome("failed"), fence=last.fence) == "closed"


@settings(max_examples=40, suppress_health_check=WITH_FIXTURES)
@given(st.lists(st.sampled_from(["begin", "end", "pause", "late", "close"]), max_size=12))
def test_whatever_happens_a_record_has_one_outcome_and_only_the_last_attempt_writes(
    database: Engine, events: list[str]
) -> None:
    history = History()
    for event in ("begin", *events):
        getattr(history, event)()
    assert history.closed <= 1
    assert get_job_by_id(history.held[0].job_id).is_final == bool(history.closed)
