"""The sensor that keeps partitions and data sources the same."""

import dagster as dg
from sqlalchemy import Engine, delete

from buster_jobs.packages.database.sources.data_source_models import DataSourceRow
from buster_jobs.tasks.data.data_source_partitions import data_source_partitions
from buster_jobs.tasks.data.partitions import DATA_SOURCES
from buster_jobs_tests.conftest import OrganizationWithChat


def tick(instance: dg.DagsterInstance) -> list[tuple[str, list[str]]]:
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


def test_partitions_come_and_go_with_their_data_sources(organization: OrganizationWithChat, database: Engine) -> None:
    with dg.instance_for_test() as instance:
        first = organization.add_data_source("postgresql://user@127.0.0.1/one", name="one")
        second = organization.add_data_source("postgresql://user@127.0.0.1/two", name="two")
        assert tick(instance) == [("AddDynamicPartitionsRequest", sorted([str(first.id), str(second.id)]))]
        assert tick(instance) == []
        with database.begin() as connection:
            connection.execute(delete(DataSourceRow).where(DataSourceRow.id == first.id))
        assert tick(instance) == [("DeleteDynamicPartitionsRequest", [str(first.id)])]
        assert instance.get_dynamic_partitions(str(DATA_SOURCES.name)) == [str(second.id)]
