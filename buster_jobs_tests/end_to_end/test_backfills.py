"""Several data sources are synced at once from the UI: a backfill, which Dagster works off through our queue."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import URL

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.warehouse.table_choice import choose_all_tables
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.syncs import add_partitions
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.dagster_dev import DagsterDev
from buster_jobs_tests.support.polling import until

LAUNCH = """
mutation($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) { ... on LaunchBackfillSuccess { backfillId } }
}"""
RUNS = """
query($id: String!) { partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill {
  runs(limit: 10) { runId tags { key value } }
} } }"""


def test_two_backfills_of_the_same_data_sources_copy_each_twice_one_after_the_other(
    dagster_dev: DagsterDev, organization: OrganizationWithChat, scratch_database: Callable[[], URL]
) -> None:
    sources = [small_source(organization, scratch_database()) for _ in range(2)]
    assets = [{"path": ["data_source_catalog"]}, {"path": ["data_source_tables"]}]
    params = {"assetSelection": assets, "partitionNames": sources}
    backfills = [dagster_dev.graphql(LAUNCH, params=params)["launchPartitionBackfill"]["backfillId"] for _ in range(2)]
    runs = [run for backfill in backfills for run in runs_of(dagster_dev, backfill, number=len(sources))]
    assert {dagster_dev.wait(run_id) for run_id, _ in runs} == {"SUCCESS"}
    for source in sources:
        first, second = sorted(span(run_id) for run_id, partition in runs if partition == source)
        assert first[1] <= second[0]


def small_source(organization: OrganizationWithChat, database: URL) -> str:
    """The id of a data source with one chosen table, which has its partition already."""
    url = database.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 1000) n")
    source = organization.add_data_source(url, name=str(database.database))
    choose_all_tables(source.id, connect(url).introspect())
    with open_instance() as instance:
        add_partitions(instance, [source.id])
    return str(source.id)


def runs_of(dev: DagsterDev, backfill: str, *, number: int) -> list[tuple[str, str]]:
    """The backfill's runs, each with its partition, when the daemon has made that many: it looks every 30 s."""
    runs: list[Any] = []

    def all_made() -> bool:
        runs[:] = dev.graphql(RUNS, id=backfill)["partitionBackfillOrError"]["runs"]
        return len(runs) >= number

    until(all_made, "the daemon has made the backfill's runs")
    tags = [{tag["key"]: tag["value"] for tag in run["tags"]} for run in runs]
    return [(run["runId"], tag["dagster/partition"]) for run, tag in zip(runs, tags, strict=True)]


def span(run_id: str) -> tuple[datetime, datetime]:
    """When the run's job began to work, and when it had ended."""
    job = get_job_by_run_id(run_id)
    assert job.started_at is not None
    assert job.finished_at is not None
    return job.started_at, job.finished_at
