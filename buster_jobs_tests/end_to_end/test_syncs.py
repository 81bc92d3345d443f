"""A data source is synced by the running system: started by the task as an app would, executed by warm workers."""

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.server.engine import database_url
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.table_choice import choose_all_tables, choose_table
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.dagster_dev import DagsterDev

MATERIALIZATIONS = """
query($key: AssetKeyInput!, $partitions: [String!]) {
  assetOrError(assetKey: $key) { ... on Asset { assetMaterializations(partitions: $partitions, limit: 5) {
    runId
    metadataEntries { label ... on IntMetadataEntry { intValue } ... on FloatMetadataEntry { floatValue } }
  } } }
}"""


@pytest.fixture
def shop(organization: OrganizationWithChat, scratch_database: Callable[[], URL]) -> Any:
    """A data source whose one table is chosen."""
    url = scratch_database().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 1000) n")
    source = organization.add_data_source(url)
    choose_all_tables(source.id, connect(url).introspect())
    return source


def launch(dev: DagsterDev, **payload: Any) -> str:
    answer = dev.launch("sync_data_sources", payload)
    run_id = answer["run"]["runId"]
    assert dev.wait(run_id) == "SUCCESS"
    return run_id


def job(run_id: str) -> Job:
    return get_job_by_run_id(run_id)


def test_a_sync_on_demand_copies_the_tables_and_shows_its_numbers(dagster_dev: DagsterDev, shop: Any) -> None:
    started: Any = job(launch(dagster_dev, data_source_id=str(shop.id))).result
    run_id = started["run_ids"][str(shop.id)]
    assert dagster_dev.wait(run_id) == "SUCCESS"
    assert copied_rows(shop) == 1000
    done = job(run_id)
    assert (done.type, done.status) == ("data_source_catalog+data_source_tables", "completed")
    assert done.organization_id == shop.organization_id
    shown = dagster_dev.graphql(MATERIALIZATIONS, key={"path": ["data_source_tables"]}, partitions=[str(shop.id)])[
        "assetOrError"
    ]["assetMaterializations"]
    assert [entry["runId"] for entry in shown] == [run_id]
    numbers = {entry["label"]: entry for entry in shown[0]["metadataEntries"]}
    assert numbers["rows"]["intValue"] == 1000
    assert numbers["rows_per_second"]["floatValue"] > 0


def copied_rows(source: Any) -> int:
    url = database_url().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        query = f'SELECT count(*) FROM "{data_source_schema(source.id)}".orders'
        (count,) = connection.execute(query.encode()).fetchone() or (0,)
        return count


def test_a_failed_sync_is_not_green_and_says_why(dagster_dev: DagsterDev, shop: Any) -> None:
    with psycopg.connect(shop.connection_url()) as owner:
        owner.execute("CREATE VIEW broken AS SELECT 1 / (id - 1) AS id FROM orders")
    choose_table(shop.id, connect(shop.connection_url()).introspect(), "broken")
    started: Any = job(launch(dagster_dev, data_source_id=str(shop.id), tables=["public.broken"])).result
    run_id = started["run_ids"][str(shop.id)]
    assert dagster_dev.wait(run_id) == "FAILURE"
    assert "division by zero" in json.dumps(job(run_id).error)


def test_a_data_source_that_does_not_exist_is_rejected(dagster_dev: DagsterDev) -> None:
    run_id = launch(dagster_dev, data_source_id="00000000-0000-0000-0000-000000000000")
    assert job(run_id).status == "rejected"
