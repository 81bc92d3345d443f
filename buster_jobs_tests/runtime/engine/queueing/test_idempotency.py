"""Triggers with idempotency keys, as the coordinator accepts them: on a real instance that executes nothing."""

from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, cast
from uuid import uuid4

import dagster as dg
import pytest
from dagster._core.definitions.reconstruct import ReconstructableRepository
from dagster._core.events import DagsterEvent, DagsterEventType
from sqlalchemy import Engine, event, text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.jobs import create_job, update_job_status
from buster_jobs.packages.database.runs.run_queue import is_queued
from buster_jobs.packages.errors import InvalidInput, Unavailable
from buster_jobs.runtime.engine.queueing import submission
from buster_jobs.runtime.engine.queueing.idempotency import KeyConflict
from buster_jobs.runtime.engine.supervision.orphaned_triggers import submit_orphaned_triggers
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.client.code_location import MODULE, remote_origin

Status = dg.DagsterRunStatus
_ENDS = {
    Status.SUCCESS: DagsterEventType.PIPELINE_SUCCESS,
    Status.FAILURE: DagsterEventType.PIPELINE_FAILURE,
    Status.CANCELED: DagsterEventType.PIPELINE_CANCELED,
    Status.STARTED: DagsterEventType.PIPELINE_START,
}


class Triggers:
    """What a webserver does for `launchRun`, without the webserver."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self.instance = instance
        repository = ReconstructableRepository.for_module(MODULE, "defs")
        self._job = repository.get_reconstructable_job("echo")

    def create(self, payload: Mapping[str, Any] | None = None, **more: Any) -> dg.DagsterRun:
        """A run that nobody has submitted. `tags` and other arguments are Dagster's."""
        return self.instance.create_run_for_job(
            self._job.get_definition(),
            run_config=payload or {"text": "hello"},
            remote_job_origin=remote_origin("echo"),
            job_code_origin=self._job.get_python_origin(),
            **more,
        )

    def submit(self, run: dg.DagsterRun) -> str:
        return self.instance.submit_run(run.run_id, cast("Any", None)).run_id

    def __call__(self, key: str | None = "order-7", payload: Mapping[str, Any] | None = None, **tags: str) -> str:
        """The id of the run that a trigger is answered with."""
        named = {f"buster/{name}": value for name, value in tags.items()}
        tags = named | ({} if key is None else {run_tags.IDEMPOTENCY_KEY: key})
        return self.submit(self.create(payload, tags=tags))

    def end(self, run_id: str, status: Status) -> None:
        self.instance.report_dagster_event(DagsterEvent(_ENDS[status].value, "echo"), run_id=run_id)

    def runs(self) -> list[dg.DagsterRun]:
        return list(self.instance.get_runs())


@pytest.fixture
def trigger(database: Engine) -> Generator[Triggers]:
    with open_instance() as instance:
        for run in instance.get_runs():
            instance.delete_run(run.run_id)
        yield Triggers(instance)
        for run in instance.get_runs():
            instance.delete_run(run.run_id)


def test_the_same_trigger_again_gets_the_same_run_and_leaves_no_other(trigger: Triggers) -> None:
    run_id = trigger()
    assert [trigger(), trigger()] == [run_id, run_id]
    assert [run.run_id for run in trigger.runs()] == [run_id]
    assert is_queued(run_id)


def test_of_many_triggers_at_once_one_is_accepted_and_all_learn_which(trigger: Triggers) -> None:
    runs = [trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"}) for _ in range(16)]
    barrier = Barrier(len(runs))

    def at_once(run: dg.DagsterRun) -> str:
        barrier.wait()
        return trigger.submit(run)

    with ThreadPoolExecutor(len(runs)) as threads:
        (winner,) = set(threads.map(at_once, runs))
    assert [run.run_id for run in trigger.runs()] == [winner]
    assert is_queued(winner)


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.CANCELED, Status.STARTED])
def test_a_key_stays_taken_while_its_run_goes_on_and_when_it_succeeded_or_was_canceled(
    trigger: Triggers, status: Status
) -> None:
    run_id = trigger()
    trigger.end(run_id, status)
    assert trigger() == run_id


def test_a_key_is_free_again_when_its_run_has_failed_also_for_another_payload(trigger: Triggers) -> None:
    failed = trigger()
    trigger.end(failed, Status.FAILURE)
    second = trigger(payload={"text": "another"})
    assert second != failed
    assert trigger(payload={"text": "another"}) == second


def test_of_many_triggers_at_once_after_a_failure_one_is_accepted(trigger: Triggers) -> None:
    failed = trigger()
    trigger.end(failed, Status.FAILURE)
    with ThreadPoolExecutor(8) as threads:
        (second,) = set(threads.map(trigger, ["order-7"] * 8))
    assert {run.run_id for run in trigger.runs()} == {failed, second}


def test_a_key_stays_taken_when_the_work_was_done_before_the_run_was_lost(trigger: Triggers) -> None:
    run_id = trigger()
    job = create_job(type="echo", status="running", run_id=run_id)
    update_job_status(job_id=job.id, status="completed")
    trigger.end(run_id, Status.FAILURE)
    assert trigger() == run_id


def test_the_same_call_sent_again_gets_its_run_even_when_that_has_failed(trigger: Triggers) -> None:
    run_id = trigger(trigger_id="call-1")
    trigger.end(run_id, Status.FAILURE)
    assert trigger(trigger_id="call-1") == run_id
    assert trigger(trigger_id="call-2") != run_id


def test_another_payload_for_a_key_in_use_is_refused_with_a_sentence(trigger: Triggers) -> None:
    run_id = trigger(payload={"text": "first-secret"})
    with pytest.raises(KeyConflict) as refused:
        trigger(payload={"text": "second-secret"})
    assert refused.value.message == (
        f"The idempotency key 'order-7' of echo was used with another payload, by run {run_id}: use a new key for a "
        "new payload."
    )
    (failed,) = trigger.instance.get_runs(dg.RunsFilter(statuses=[Status.FAILURE]))
    assert failed.tags[run_tags.OUTCOME] == "refused"
    assert not is_queued(failed.run_id)
    assert trigger(payload={"text": "first-secret"}) == run_id


@pytest.mark.parametrize("seconds", ["0", "-5", "soon", "1e400"])
def test_a_ttl_that_is_not_a_duration_is_refused(trigger: Triggers, seconds: str) -> None:
    with pytest.raises(InvalidInput):
        trigger(idempotency_ttl=seconds)


def test_a_run_that_is_executed_again_holds_the_key_of_the_one_that_it_repeats(trigger: Triggers) -> None:
    first = trigger(trigger_id="call-1")
    trigger.end(first, Status.CANCELED)
    tags = {run_tags.IDEMPOTENCY_KEY: "order-7", run_tags.TRIGGER_ID: "call-1"}
    again = trigger.create(tags=tags, root_run_id=first, parent_run_id=first)
    assert trigger.submit(again) == again.run_id
    assert trigger() == again.run_id


def test_a_run_is_not_executed_again_when_its_key_stands_for_a_newer_one(trigger: Triggers) -> None:
    first = trigger()
    trigger.end(first, Status.FAILURE)
    newer = trigger()
    again = trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"}, root_run_id=first, parent_run_id=first)
    with pytest.raises(KeyConflict, match=f"stands for run {newer} by now"):
        trigger.submit(again)


def test_the_work_of_a_deleted_run_is_not_done_again(trigger: Triggers) -> None:
    run_id = trigger()
    create_job(type="echo", status="completed", run_id=run_id)
    trigger.instance.delete_run(run_id)
    with pytest.raises(KeyConflict, match="was deleted since: use a new key"):
        trigger()


def test_a_run_that_was_deleted_before_it_did_anything_leaves_its_key_free(trigger: Triggers) -> None:
    run_id = trigger()
    trigger.instance.delete_run(run_id)
    assert trigger() != run_id


@pytest.fixture
def died_after_claiming(trigger: Triggers, database: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run whose coordinator claimed the key and died."""
    run = trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"})

    class Died(BaseException):
        pass

    def die(*_: object) -> None:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(submission, "report_enqueued", die)
        patch.setattr(trigger.instance, "report_run_failed", die)
        patch.setattr(trigger.instance, "report_engine_event", die)
        with pytest.raises(Died):
            trigger.submit(run)
    return run.run_id


def hand_over(trigger: Triggers) -> None:
    """What a supervisor does, half a minute later."""
    submit_orphaned_triggers(trigger.instance, age=timedelta(0))


def test_a_run_whose_coordinator_died_after_claiming_its_key_is_handed_over(
    trigger: Triggers, died_after_claiming: str
) -> None:
    assert trigger() == died_after_claiming
    assert not is_queued(died_after_claiming)
    hand_over(trigger)
    assert is_queued(died_after_claiming)
    run = trigger.instance.get_run_by_id(died_after_claiming)
    assert run is not None
    assert run.status is Status.QUEUED


def test_a_run_that_is_handed_over_late_is_handed_over_once(trigger: Triggers, died_after_claiming: str) -> None:
    hand_over(trigger)
    trigger.end(died_after_claiming, Status.STARTED)
    hand_over(trigger)
    run = trigger.instance.get_run_by_id(died_after_claiming)
    assert run is not None
    assert run.status is Status.STARTED


def test_a_trigger_whose_coordinator_died_before_it_claimed_the_key_is_handed_over_too(trigger: Triggers) -> None:
    run = trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"})
    submit_orphaned_triggers(trigger.instance)
    assert not is_queued(run.run_id), "its coordinator may be at work"
    hand_over(trigger)
    assert is_queued(run.run_id)
    assert trigger() == run.run_id


def test_a_trigger_whose_webserver_died_before_it_wrote_the_tags_is_handed_over_too(
    trigger: Triggers, database: Engine
) -> None:
    run = trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"})
    with database.begin() as connection:
        connection.execute(text("DELETE FROM public.run_tags WHERE run_id = :id"), {"id": run.run_id})
    hand_over(trigger)
    assert is_queued(run.run_id)


@pytest.mark.parametrize("outcome", [None, Status.FAILURE, Status.SUCCESS])
def test_a_trigger_that_got_no_answer_and_was_made_again_is_removed(trigger: Triggers, outcome: Status | None) -> None:
    unanswered = trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"})
    run_id = trigger()
    if outcome:
        trigger.end(run_id, outcome)
    hand_over(trigger)
    assert [run.run_id for run in trigger.runs()] == [run_id]
    assert not is_queued(unanswered.run_id)


def test_a_run_that_its_creator_has_yet_to_submit_is_left_alone(trigger: Triggers) -> None:
    run = trigger.create()
    hand_over(trigger)
    assert [left.status for left in trigger.runs()] == [Status.NOT_STARTED]
    assert not is_queued(run.run_id)


def test_a_payload_that_only_mentions_the_key_tag_has_no_key(trigger: Triggers) -> None:
    run = trigger.create({"text": f"What does {run_tags.IDEMPOTENCY_KEY} do?"})
    hand_over(trigger)
    assert [left.status for left in trigger.runs()] == [Status.NOT_STARTED]
    assert not is_queued(run.run_id)


def test_a_coordinator_that_slept_while_its_trigger_was_removed_says_so(
    trigger: Triggers, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trigger.create(tags={run_tags.IDEMPOTENCY_KEY: "order-7"})
    trigger.end(trigger(), Status.FAILURE)
    report = submission.report_enqueued

    def sleep(instance: dg.DagsterInstance, late: dg.DagsterRun) -> None:
        instance.delete_run(late.run_id)
        report(instance, late)

    monkeypatch.setattr(submission, "report_enqueued", sleep)
    with pytest.raises(Unavailable, match="send it again"):
        trigger.submit(run)


def test_a_run_without_a_key_costs_no_query_about_keys(trigger: Triggers, database: Engine) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(database, "before_cursor_execute", note)
    try:
        trigger(key=None)
    finally:
        event.remove(database, "before_cursor_execute", note)
    assert len([statement for statement in asked if "run_queue" in statement]) == 1
    assert not [statement for statement in asked if "idempotency" in statement]


def test_an_unknown_call_id_is_no_key(trigger: Triggers) -> None:
    assert trigger(key=None, trigger_id=str(uuid4())) != trigger(key=None, trigger_id=str(uuid4()))
