"""A run that raises an error in the supervisor or in the sweep does not stop the work on other runs."""

import json
import logging
import math
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter, list_dead_letters
from buster_jobs.packages.database.runs.letter_values import LetterFilter
from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.errors import DatabaseUnavailable
from buster_jobs.runtime.engine.supervision.isolation import contain_errors
from buster_jobs.runtime.engine.supervision.orphaned_triggers import submit_orphaned_triggers
from buster_jobs.runtime.engine.supervision.supervisor import Supervisor
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, new_run, start, sweep, work_all

GONE = "here/999999999/1.00"
"""A worker of this host whose process does not exist."""


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with fresh_instance() as opened:
        yield opened


@contextmanager
def without_letters_for(database: Engine, run_id: str) -> Generator[None]:
    """PostgreSQL refuses whatever is written as this run's dead letter."""
    refusing = f"ALTER TABLE buster.failed_tasks ADD CONSTRAINT poison CHECK (run_id <> '{run_id}')"
    with database.begin() as connection:
        connection.execute(text(refusing))
    try:
        yield
    finally:
        with database.begin() as connection:
            connection.execute(text("ALTER TABLE buster.failed_tasks DROP CONSTRAINT poison"))


def crashed(instance: dg.DagsterInstance, **payload: float) -> str:
    run = new_run(instance, payload)
    instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", run.job_name, message="Started."), run.run_id)
    instance.report_run_failed(run, "The worker is gone.")
    return run.run_id


def unsubmitted(instance: dg.DagsterInstance, key: str) -> str:
    """The run of a trigger whose coordinator died; as from a storage that kept runs before it refused their tags."""
    run_id = new_run(instance, tags={run_tags.IDEMPOTENCY_KEY: "order-0"}).run_id
    with transaction() as connection:
        connection.execute(
            text("UPDATE public.runs SET run_body = replace(run_body, '\"order-0\"', :key) WHERE run_id = :id"),
            {"key": json.dumps(key), "id": run_id},
        )
    return run_id


def status(instance: dg.DagsterInstance, run_id: str) -> str:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status.value


def test_a_payload_that_is_not_json_leaves_a_letter_that_shows_it(instance: dg.DagsterInstance) -> None:
    run_id = crashed(instance, weight=math.nan)
    assert sweep(instance) == 1
    assert get_dead_letter(run_id).payload == {"weight": "NaN"}


def test_a_worker_that_meets_a_payload_that_is_not_json_leaves_the_letter_itself(instance: dg.DagsterInstance) -> None:
    run = new_run(instance, {"weight": math.nan})
    run_queue.enqueue(run.run_id, run.job_name)  # as before such payloads were refused
    work_all(instance)
    assert get_dead_letter(run.run_id).reason == "invalid_payload"


def test_a_run_whose_letter_cannot_be_written_does_not_hold_up_the_sweep(
    instance: dg.DagsterInstance, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, sound = crashed(instance), crashed(instance)
    with without_letters_for(database, poisoned):
        assert sweep(instance) == 1
    assert {letter.run_id for letter in list_dead_letters(LetterFilter())} == {sound}
    assert poisoned in caplog.text
    assert "Failing row" not in caplog.text


def test_a_run_whose_payload_cannot_be_read_leaves_a_letter_without_it(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_run: dg.DagsterRun) -> dict[str, object]:
        raise ValueError("The tag holds no JSON object.")

    run_id = crashed(instance, number=7)
    with monkeypatch.context() as patch:
        patch.setattr("buster_jobs.runtime.engine.supervision.dead_letter_sweep.payload_of", refuse)
        assert sweep(instance) == 1
    letter = get_dead_letter(run_id)
    assert (letter.reason, letter.error_code) == ("exception", "UNREADABLE")
    assert "number" not in letter.payload


def cancel_lost(instance: dg.DagsterInstance, run_id: str) -> None:
    instance.report_run_canceling(instance.get_run_by_id(run_id) or new_run(instance))
    run_queue.cancel(run_id)


def test_a_cancelled_run_that_cannot_be_ended_does_not_keep_others_from_being_taken_back(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    poisoned, sound = start(instance), start(instance)
    for _ in range(2):
        run_queue.claim(GONE, ["default"])
    cancel_lost(instance, poisoned)
    supervisor = Supervisor(instance, host="here")
    with without_letters_for(database, poisoned):
        supervisor.tick()
    assert [watch.run_id for watch in run_queue.claimed()] == [poisoned]
    claim = run_queue.claim("here/1/1", ["default"])
    assert (claim and claim.run_id) == sound
    supervisor.tick()
    assert status(instance, poisoned) == "CANCELED"


def test_a_run_that_cannot_expire_does_not_keep_others_from_being_watched(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    poisoned = new_run(instance).run_id
    run_queue.enqueue(poisoned, "failing", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    watched = start(instance)
    run_queue.claim(GONE, ["default"])
    with without_letters_for(database, poisoned):
        Supervisor(instance, host="here").tick()
    assert run_queue.is_queued(poisoned)
    claim = run_queue.claim("here/1/1", ["default"])
    assert (claim and claim.run_id) == watched


@pytest.mark.parametrize("key", ["order\x007", "order\ud8007"], ids=["NUL", "surrogate"])
def test_a_trigger_whose_key_cannot_be_kept_fails_and_the_next_one_is_handed_over(
    instance: dg.DagsterInstance, key: str
) -> None:
    poisoned, sound = unsubmitted(instance, key), unsubmitted(instance, "order-8")
    submit_orphaned_triggers(instance, age=timedelta(0))
    assert status(instance, poisoned) == "FAILURE"
    assert run_queue.is_queued(sound)
    assert sweep(instance) == 1


def test_the_same_error_is_logged_once_a_minute(
    instance: dg.DagsterInstance, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned = start(instance)
    run_queue.claim(GONE, ["default"])
    cancel_lost(instance, poisoned)
    supervisor = Supervisor(instance, host="here")
    with without_letters_for(database, poisoned):
        for _ in range(3):
            supervisor.tick()
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 1


@pytest.mark.usefixtures("database")
def test_a_lost_database_ends_the_pass() -> None:
    with pytest.raises(DatabaseUnavailable), contain_errors("a run"), transaction() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
