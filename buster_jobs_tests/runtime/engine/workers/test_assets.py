"""Assets, run by a worker as their runs come: one record each, attempts, numbers to plot, dead letters, replays."""

from collections.abc import Generator
from typing import Any

import dagster as dg
import pytest
from dagster._core.events import DagsterEvent, StepMaterializationData
from pydantic import BaseModel
from sqlalchemy import Engine

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.dead_letters import list_dead_letters
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.runs.letter_values import LetterFilter
from buster_jobs.runtime import asset
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import enqueue, read_placement
from buster_jobs.runtime.engine.workers.worker import Worker
from buster_jobs.runtime.replay import replay_letters
from buster_jobs_tests.runtime.support import asset_location as location
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, sweep


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    location.executed.clear()
    location.broken.clear()
    with fresh_instance() as opened:
        opened.add_dynamic_partitions("places", ["here", "there", "nowhere"])
        yield opened


def new_run(instance: dg.DagsterInstance, assets: str = "copied", **payload: Any) -> dg.DagsterRun:
    return create_run(assets, {"partition_key": "here"} | payload, instance, location.__name__)[1]


def work_all(instance: dg.DagsterInstance) -> None:
    while claim := run_queue.claim("test/1/1", ["default", "long"]):
        Worker(["default", "long"], "test/1/1").work(claim, instance)


def execute(instance: dg.DagsterInstance, assets: str = "copied", **payload: Any) -> dg.DagsterRun:
    run = new_run(instance, assets, **payload)
    enqueue(run)
    work_all(instance)
    return stored(instance, run.run_id)


def stored(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRun:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run


def materializations(instance: dg.DagsterInstance, run: dg.DagsterRun) -> list[dg.AssetMaterialization]:
    entries = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    events: list[DagsterEvent] = [entry.dagster_event for entry in entries if entry.dagster_event]
    return [
        event.event_specific_data.materialization
        for event in events
        if isinstance(event.event_specific_data, StepMaterializationData)
    ]


def numbers(materialization: dg.AssetMaterialization) -> dict[str, object]:
    kinds = (dg.IntMetadataValue, dg.FloatMetadataValue)
    return {name: entry.value for name, entry in materialization.metadata.items() if isinstance(entry, kinds)}


def test_a_run_of_an_asset_leaves_the_record_that_a_task_leaves(instance: dg.DagsterInstance) -> None:
    run = execute(instance, tables=["b"])
    job = get_job_by_run_id(run.run_id)
    assert (run.status.value, job.status, job.type, job.attempts) == ("SUCCESS", "completed", "copied", 1)
    assert job.metadata == {"partition_key": "here", "tables": ["b"]}
    assert job.result == {"rows": 10, "tables": ["b"]}


def test_the_numbers_of_the_result_are_plotted_for_the_partition(instance: dg.DagsterInstance) -> None:
    (materialization,) = materializations(instance, execute(instance))
    assert materialization.partition == "here"
    plotted = numbers(materialization)
    assert plotted.keys() >= {"rows", "seconds", "rows_per_second", "attempts"}
    assert plotted["rows"] == 10


def test_the_declarations_queue_concurrency_and_owner_are_on_the_run(instance: dg.DagsterInstance) -> None:
    place = read_placement(new_run(instance))
    assert (place.queue, place.concurrency) == ("long", {"copied:here": 1})
    tags = new_run(instance).tags
    assert (tags[run_tags.CRITICAL], tags[run_tags.OWNER]) == ("true", "team:data")


def test_a_run_of_several_assets_has_all_their_keys_and_the_longest_queue(instance: dg.DagsterInstance) -> None:
    place = read_placement(new_run(instance, "copied+counted"))
    assert (place.queue, place.concurrency) == ("long", {"copied:here": 1, "place:here": 1})


def test_a_run_of_several_assets_has_one_record_that_closes_with_the_last(instance: dg.DagsterInstance) -> None:
    run = execute(instance, "copied+counted", tables=["a"])
    job = get_job_by_run_id(run.run_id)
    assert location.executed == ["copied here 1", "counted here"]
    assert (job.status, job.type, job.result) == ("completed", "copied+counted", {"share": 0.5})
    assert [entry.asset_key.to_user_string() for entry in materializations(instance, run)] == ["copied", "counted"]


def test_the_result_before_a_partial_failure_is_shown_and_the_failure_has_a_dead_letter(
    instance: dg.DagsterInstance,
) -> None:
    location.broken.append("copied")
    run = execute(instance, "copied+counted")
    assert location.executed == ["copied here 1", "copied here 2"]
    assert run.status.value == "FAILURE"
    (partly,) = materializations(instance, run)
    assert (partly.partition, numbers(partly)["rows"]) == ("here", 5)
    (letter,) = list_dead_letters(LetterFilter(ids=[run.run_id]))
    assert (letter.task, letter.error_code, letter.payload) == (
        "copied+counted",
        "PARTLY_FAILED",
        {"partition_key": "here"},
    )
    assert sweep(instance) == 0


def test_a_dead_letter_of_assets_is_replayed_for_its_partition(instance: dg.DagsterInstance) -> None:
    location.broken.append("copied")
    run = execute(instance, "copied+counted", partition_key="there", tables=["a"])
    location.broken.clear()
    done = replay_letters(
        LetterFilter(ids=[run.run_id]), by="ann", instance=instance, rate=10, module=location.__name__
    )
    work_all(instance)
    replay = stored(instance, done.run_ids[0])
    assert (replay.status.value, location.executed[-1]) == ("SUCCESS", "counted there")
    assert get_job_by_run_id(replay.run_id).metadata == {"partition_key": "there", "tables": ["a"]}


def test_a_rejected_run_materializes_nothing(instance: dg.DagsterInstance) -> None:
    run = execute(instance, "copied+counted", partition_key="nowhere")
    assert (run.status.value, run.tags[run_tags.OUTCOME]) == ("SUCCESS", "rejected")
    assert materializations(instance, run) == []
    assert get_job_by_run_id(run.run_id).status == "rejected"


def test_a_field_that_no_asset_of_the_run_takes_is_refused(instance: dg.DagsterInstance) -> None:
    run = execute(instance, "counted", tables=["a"])
    assert run.status.value == "FAILURE"
    (letter,) = list_dead_letters(LetterFilter(ids=[run.run_id]))
    assert (letter.reason, letter.error) == (
        "invalid_payload",
        "Field tables: Extra inputs are not permitted.",
    )


def test_the_output_of_an_asset_is_captured(instance: dg.DagsterInstance) -> None:
    run = execute(instance)
    (captured,) = [
        entry.dagster_event.logs_captured_data
        for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.LOGS_CAPTURED)
        if entry.dagster_event
    ]
    key = instance.compute_log_manager.build_log_key_for_run(run.run_id, captured.file_key)
    assert "copying here" in (instance.compute_log_manager.get_log_data(key).stdout or b"").decode()


def test_a_partitioned_asset_takes_its_partition_in_the_payload() -> None:
    class Nothing(BaseModel):
        pass

    def unaware(payload: Nothing) -> None: ...

    with pytest.raises(TypeError, match="partition_key"):
        asset(partitions=location.PLACES)(unaware)
