"""A run that has ended is not cancelled any more, however close the race was."""

from collections.abc import Generator

import dagster as dg
import pytest
from sqlalchemy import Engine

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.runtime.engine.outcomes import end_as_canceled
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, start


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with fresh_instance() as opened:
        yield opened


def status_of(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRunStatus:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_a_run_that_ended_while_it_was_being_cancelled_keeps_its_outcome(instance: dg.DagsterInstance) -> None:
    run_id = start(instance)
    before = instance.get_run_by_id(run_id)  # what whoever cancels has read
    assert before is not None
    instance.report_run_failed(before, "It failed.")
    run_queue.release(run_id)
    instance.report_run_canceling(before)
    end_as_canceled(instance, before)
    assert status_of(instance, run_id) is dg.DagsterRunStatus.FAILURE


def test_a_run_that_has_not_ended_is_cancelled(instance: dg.DagsterInstance) -> None:
    run_id = start(instance)
    run = instance.get_run_by_id(run_id)
    assert run is not None
    instance.report_run_canceling(run)
    assert status_of(instance, run_id) is dg.DagsterRunStatus.CANCELING
    end_as_canceled(instance, run)
    assert status_of(instance, run_id) is dg.DagsterRunStatus.CANCELED
    (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run_id]))
    assert record.end_time is not None
