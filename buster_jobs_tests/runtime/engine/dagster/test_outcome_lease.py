"""What a worker may still tell Dagster of a run that another one has by now."""

from collections.abc import Callable, Generator

import dagster as dg
import pytest
from dagster._core.events import DagsterEvent, DagsterEventType
from dagster._core.execution.plan.objects import StepRetryData
from dagster_shared.error import SerializableErrorInfo
from sqlalchemy import Engine

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.errors import NotFound
from buster_jobs.runtime.engine.lease import Lease
from buster_jobs.runtime.engine.outcomes import end_as_broken, end_as_lost
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, start

MINE, OTHERS = "here/1/1", "elsewhere/1/1"
RETRY = DagsterEvent(
    DagsterEventType.STEP_UP_FOR_RETRY.value,
    "failing",
    event_specific_data=StepRetryData(SerializableErrorInfo("It failed.", [], None), seconds_to_wait=60),
)


class Ended(BaseException):
    """Instead of this process's end."""


@pytest.fixture
def instance(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Generator[dg.DagsterInstance]:
    def end() -> None:
        raise Ended

    monkeypatch.setattr("buster_jobs.runtime.engine.lease._end_here", end)
    with fresh_instance() as opened:
        yield opened


def test_an_attempt_of_a_lost_run_is_not_tried_again_here(instance: dg.DagsterInstance) -> None:
    run_id = start(instance)
    assert run_queue.claim(MINE, ["default"])
    with Lease(run_id, MINE):
        run_queue.give_back(run_id, MINE)
        assert run_queue.claim(OTHERS, ["default"])
        with pytest.raises(Ended):
            instance.report_dagster_event(RETRY, run_id=run_id)
    assert not instance.all_logs(run_id, of_type=DagsterEventType.STEP_UP_FOR_RETRY)


def test_an_attempt_of_our_run_is_tried_again(instance: dg.DagsterInstance) -> None:
    run_id = start(instance)
    assert run_queue.claim(MINE, ["default"])
    with Lease(run_id, MINE):
        instance.report_dagster_event(RETRY, run_id=run_id)
    assert instance.all_logs(run_id, of_type=DagsterEventType.STEP_UP_FOR_RETRY)


def give_up(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    end_as_lost(instance, run, "It is lost.")


@pytest.mark.parametrize("end", [end_as_broken, give_up])
def test_a_run_that_another_has_is_not_given_up_here(
    instance: dg.DagsterInstance, end: Callable[[dg.DagsterInstance, dg.DagsterRun], None]
) -> None:
    run_id = start(instance)
    assert run_queue.claim(MINE, ["default"])
    run = instance.get_run_by_id(run_id)
    assert run is not None
    with Lease(run_id, MINE):
        run_queue.give_back(run_id, MINE)
        assert run_queue.claim(OTHERS, ["default"])
        with pytest.raises(Ended):
            end(instance, run)
    with pytest.raises(NotFound):
        get_job_by_run_id(run_id)
