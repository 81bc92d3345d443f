"""The sensors and schedules of data. When an organization's night is due is tested with packages/warehouse."""

from datetime import UTC, datetime, timedelta

import dagster as dg
from sqlalchemy import Engine, delete

from buster_jobs.definitions import defs
from buster_jobs.packages.database.sources.data_source_models import DataSourceRow
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.automation import data_source_partitions, nightly_syncs
from buster_jobs.tasks.data.partitions import DATA_SOURCES
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.small_shop import Shop


def keep_partitions(instance: dg.DagsterInstance) -> list[tuple[str, list[str]]]:
    """One tick of the sensor."""
    context = dg.build_sensor_context(instance=instance)
    answer = data_source_partitions(context)
    requests = answer.dynamic_partitions_requests or [] if isinstance(answer, dg.SensorResult) else []
    for request in requests:
        if isinstance(request, dg.AddDynamicPartitionsRequest):
            instance.add_dynamic_partitions(request.partitions_def_name, request.partition_keys)
        else:
            for key in request.partition_keys:
                instance.delete_dynamic_partition(request.partitions_def_name, key)
    return [(type(request).__name__, list(request.partition_keys)) for request in requests]


def start_due_syncs(instance: dg.DagsterInstance, moment: datetime) -> list[str]:
    """The organizations whose syncs a tick of the schedule starts, after all earlier ticks have started theirs."""
    context = dg.build_schedule_context(instance, moment, repository_def=defs.get_repository_def())
    requests = nightly_syncs.evaluate_tick(context).run_requests or []
    for request in requests:
        tags = {**request.tags, "dagster/run_key": str(request.run_key)}
        create_run("sync_data_sources", request.run_config, instance, tags=tags)
    return [str(request.run_config["organization_id"]) for request in requests]


def test_partitions_come_and_go_with_their_data_sources(organization: OrganizationWithChat, database: Engine) -> None:
    with dg.instance_for_test() as instance:
        first = organization.add_data_source("postgresql://user@127.0.0.1/one", name="one")
        second = organization.add_data_source("postgresql://user@127.0.0.1/two", name="two")
        added = ("AddDynamicPartitionsRequest", sorted([str(first.id), str(second.id)]))
        assert keep_partitions(instance) == [added]
        assert keep_partitions(instance) == []
        with database.begin() as connection:
            connection.execute(delete(DataSourceRow).where(DataSourceRow.id == first.id))
        assert keep_partitions(instance) == [("DeleteDynamicPartitionsRequest", [str(first.id)])]
        assert instance.get_dynamic_partitions(str(DATA_SOURCES.name)) == [str(second.id)]


def test_an_organization_is_synced_once_a_night_however_many_ticks_find_it_due(shop: Shop) -> None:
    with open_instance() as instance:
        instance.wipe()
        for day in (17, 18):
            midnight = datetime(2031, 5, day, tzinfo=UTC)
            moments = [midnight + timedelta(minutes=minute) for minute in range(0, 1_440, 10)]
            ticks = [start_due_syncs(instance, moment) for moment in moments]
            assert [started for found in ticks for started in found] == [str(shop.organization_id)]
