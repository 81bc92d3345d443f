"""`refresh_materialized_views` as the system runs it: by partition, with history, checks, and by itself."""

import warnings
from collections.abc import Generator
from typing import Any

import dagster as dg
import pytest
from sqlalchemy import Engine

from buster_jobs.definitions import defs
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.alerts import begin_deliveries, gather
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.warehouse.table_choice import choose_table
from buster_jobs.packages.warehouse.views.registry import list_views
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import enqueue
from buster_jobs.runtime.engine.workers.worker import Worker
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.automation import organizations_with_views
from buster_jobs.tasks.data.refresh_materialized_views import refresh_materialized_views, view_key
from buster_jobs.tasks.data.syncs import SYNC
from buster_jobs_tests.support.small_shop import Shop
from buster_jobs_tests.support.small_warehouse import Warehouse


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with open_instance() as opened:
        opened.wipe()
        yield opened


def sense(instance: dg.DagsterInstance) -> None:
    """One tick of the sensor that keeps the partitions."""
    result = organizations_with_views(dg.build_sensor_context(instance=instance))
    assert isinstance(result, dg.SensorResult)
    for request in result.dynamic_partitions_requests or ():
        if isinstance(request, dg.AddDynamicPartitionsRequest):
            instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
        else:
            for key in request.partition_keys:
                instance.delete_dynamic_partition(request.partitions_def_name, key)


def execute(instance: dg.DagsterInstance, assets: str, payload: dict[str, Any]) -> dg.DagsterRun:
    """What a worker does with the run."""
    _, run = create_run(assets, payload, instance)
    enqueue(run)
    while claim := run_queue.claim("test/1/1", ["default", "long"]):
        Worker(["default", "long"], "test/1/1").work(claim, instance)
    ended = instance.get_run_by_id(run.run_id)
    assert ended is not None
    return ended


def refresh(instance: dg.DagsterInstance, warehouse: Warehouse, **payload: Any) -> dg.DagsterRun:
    sense(instance)
    given = {"partition_key": str(warehouse.organization_id)} | payload
    return execute(instance, "refresh_materialized_views", given)


def checks(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dict[str, dg.AssetCheckEvaluation]:
    logs = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    found = [entry.dagster_event.event_specific_data for entry in logs if entry.dagster_event]
    return {one.check_name: one for one in found if isinstance(one, dg.AssetCheckEvaluation)}


def due(instance: dg.DagsterInstance) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = dg.evaluate_automation_conditions(
            defs, instance, asset_selection=dg.AssetSelection.keys("refresh_materialized_views")
        )
    return result.total_requested


def test_a_run_refreshes_an_organizations_views_and_each_has_a_history_of_its_own(
    instance: dg.DagsterInstance, warehouse: Warehouse
) -> None:
    warehouse.add("customers", "SELECT customer, count(*) AS orders FROM orders GROUP BY customer", ["customer"])
    warehouse.add("busy", "SELECT customer FROM customers WHERE orders > 1")
    run = refresh(instance, warehouse)
    assert run.status is dg.DagsterRunStatus.SUCCESS
    assert get_job_by_run_id(run.run_id).result == {
        "success": True, "refreshed": 2, "failed": 0, "skipped": 0, "rows": 3,
        "bytes": sum(view.bytes or 0 for view in list_views(warehouse.organization_id)), "problems": {},
    }  # fmt: skip
    for view, rows in {"customers": 2, "busy": 1}.items():
        event = instance.get_latest_materialization_event(view_key(warehouse.organization_id, view))
        assert event is not None
        assert event.asset_materialization is not None
        assert event.asset_materialization.metadata["rows"].value == rows
    assert {name: result.passed for name, result in checks(instance, run).items()} == dict.fromkeys(
        ("freshness", "row_count", "unique_key", "key_not_null", "schema_drift"), True
    )


def test_a_run_in_which_a_view_failed_is_not_green_and_says_which(
    instance: dg.DagsterInstance, warehouse: Warehouse
) -> None:
    warehouse.add("inverse", "SELECT 1 / (amount - 7) AS inverse FROM orders")
    warehouse.add("customers", "SELECT customer FROM orders")
    run = refresh(instance, warehouse)
    job = get_job_by_run_id(run.run_id)
    assert (run.status, job.status, job.attempts) == (dg.DagsterRunStatus.FAILURE, "failed", 1)
    assert job.error == (
        "1 of 2 views failed, and keep their last content: inverse: The warehouse refused it: division by zero."
    )
    assert instance.get_latest_materialization_event(view_key(warehouse.organization_id, "customers")) is not None
    assert instance.get_latest_materialization_event(view_key(warehouse.organization_id, "inverse")) is None


def test_checks_that_fail_are_told_to_operators(instance: dg.DagsterInstance, warehouse: Warehouse) -> None:
    warehouse.add("everything", "SELECT *, NULL::text AS note FROM orders", ["id", "note"])
    warehouse.add("nothing", "SELECT id FROM orders WHERE id > 100")
    refresh(instance, warehouse)
    warehouse.execute("ALTER TABLE {source}.orders ADD COLUMN country text")
    warehouse.add("nothing", "SELECT id FROM orders WHERE id > 100 OR false")
    warehouse.execute("DROP MATERIALIZED VIEW {views}.everything")
    run = refresh(instance, warehouse)
    found = checks(instance, run)
    assert {name for name, result in found.items() if not result.passed} == {
        "row_count", "key_not_null", "schema_drift"
    }  # fmt: skip
    assert found["row_count"].severity is dg.AssetCheckSeverity.WARN
    assert found["row_count"].description == "1 of 2 views: nothing has no rows."
    assert found["schema_drift"].description == (
        "1 of 2 views: everything got country. Register it again to accept that."
    )
    gather(["log"])
    told = [text for delivery in begin_deliveries("log") for text in delivery.content["messages"]]
    assert any("3 of 5 checks of refresh_materialized_views failed" in text for text in told)


def test_views_are_due_when_they_are_new_and_not_again_after_they_were_tried(
    instance: dg.DagsterInstance, warehouse: Warehouse
) -> None:
    warehouse.add("inverse", "SELECT 1 / (amount - 7) AS inverse FROM orders")
    sense(instance)
    assert due(instance) == 1
    refresh(instance, warehouse, only_due=True)
    assert due(instance) == 0
    warehouse.add("customers", "SELECT customer FROM orders")
    assert due(instance) == 1
    run = refresh(instance, warehouse, only_due=True)
    assert get_job_by_run_id(run.run_id).result["refreshed"] == 1
    assert due(instance) == 0


def test_an_organization_is_a_partition_as_long_as_it_has_views(
    instance: dg.DagsterInstance, warehouse: Warehouse
) -> None:
    warehouse.add("customers", "SELECT customer FROM orders")
    sense(instance)
    assert instance.get_dynamic_partitions("organizations") == [str(warehouse.organization_id)]
    warehouse.execute("DELETE FROM buster.materialized_views")
    sense(instance)
    assert instance.get_dynamic_partitions("organizations") == []


def test_the_refresh_starts_by_itself_when_views_are_due_and_every_night() -> None:
    [sensor] = [one for one in defs.sensors or () if isinstance(one, dg.AutomationConditionSensorDefinition)]
    [schedule] = [one for one in defs.schedules or () if one.name == "all_views_every_night"]
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING


def test_the_asset_reads_the_synced_tables() -> None:
    assert dg.AssetKey("data_source_tables") in refresh_materialized_views.dependency_keys


def test_a_sync_is_checked_and_failures_are_told_to_operators(instance: dg.DagsterInstance, shop: Shop) -> None:
    instance.add_dynamic_partitions("data_sources", [str(shop.id)])
    shop.change("INSERT INTO orders VALUES (3, 'Bob')")
    choose_table(shop.id, connect(shop.url).introspect(), "orders", key=["customer"])
    run = execute(instance, SYNC, {"partition_key": str(shop.id)})
    assert run.status is dg.DagsterRunStatus.SUCCESS
    found = checks(instance, run)
    assert {name for name, result in found.items() if not result.passed} == {"unique_key"}
    assert {result.partition for result in found.values()} == {str(shop.id)}
    gather(["log"])
    told = [text for delivery in begin_deliveries("log") for text in delivery.content["messages"]]
    assert told == [
        f"1 of 5 checks of data_source_tables failed for {shop.id}: unique_key: 1 of 1 tables: main.orders has rows "
        "that are the same by customer."
    ]
