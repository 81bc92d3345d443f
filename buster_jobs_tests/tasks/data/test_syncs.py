"""Starting the syncs of many data sources."""

from uuid import uuid4

from sqlalchemy import Engine, text

from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.syncs import start_syncs


def test_each_data_source_gets_a_partition_and_one_run_with_its_priority(database: Engine) -> None:
    living, silent = uuid4(), uuid4()
    with open_instance() as instance:
        instance.wipe()
        started = start_syncs(instance, {silent: -1, living: 0}, {"tables": ["public.a"]}, started_by="a run")
        assert start_syncs(instance, {silent: -1, living: 0}, {"tables": ["public.a"]}, started_by="a run") == started
        assert set(instance.get_dynamic_partitions("data_sources")) == {str(living), str(silent)}
        assert instance.get_runs_count() == 2
    with database.connect() as connection:
        query = text("SELECT run_id FROM buster.run_queue ORDER BY priority DESC")
        assert list(connection.scalars(query)) == [started[str(living)], started[str(silent)]]
