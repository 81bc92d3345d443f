"""Whatever a caller sends over GraphQL, the value of a worker's environment variable comes out nowhere."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.server.engine import get_engine
from buster_jobs_tests.support.dagster_dev import DagsterDev

CANARY = "canary-7f3a91"
REFERENCE = {"env": "BUSTER_CANARY"}
FIELDS = ("chat_id", "query", "data_source_id", "user_id")
ROOTS = ("resources", "loggers", "execution", "ops", "solids", "inputs", "config")


def payload() -> dict[str, Any]:
    return {"query": "How many?"} | {name: str(uuid4()) for name in FIELDS if name != "query"}


def nested(depth: int) -> Any:
    return {"io_manager": {"config": nested(depth - 1)}, "console": {"config": REFERENCE}} if depth else REFERENCE


ATTEMPTS: list[Any] = [
    REFERENCE,
    *[payload() | {field: REFERENCE} for field in FIELDS],
    *[payload() | {field: [REFERENCE]} for field in FIELDS],
    *[payload() | {root: nested(depth)} for root in ROOTS for depth in range(3)],
    payload() | {"env": "BUSTER_CANARY"},
    payload() | {"resources": {"io_manager": {"config": {"base_dir": REFERENCE}}}},
    payload() | {"loggers": {"console": {"config": {"name": REFERENCE, "log_level": REFERENCE}}}},
    payload() | {"execution": {"config": {"multiprocess": {"max_concurrent": REFERENCE}}}},
]


@pytest.mark.parametrize("run_config", ATTEMPTS, ids=", ".join)
def test_a_reference_to_the_environment_is_refused(dagster_dev: DagsterDev, run_config: Any) -> None:
    answer = dagster_dev.launch("analyst_workflow", run_config)
    assert answer["__typename"] == "RunConfigValidationInvalid", answer
    assert CANARY not in str(answer)


NODES = ("data_source_catalog", "data_source_tables")

ASSET_ATTEMPTS: list[Any] = [
    REFERENCE,
    *[{root: nested(depth)} for root in ROOTS for depth in range(3)],
    *[{"ops": {node: {"config": REFERENCE}}} for node in NODES],
    *[{"ops": {node: {"inputs": {"x": REFERENCE}, "outputs": REFERENCE}}} for node in NODES],
    *[{"resources": {f"{node}__io_manager": {"config": {"base_dir": REFERENCE}}}} for node in NODES],
    {"resources": {"io_manager": {"config": {"base_dir": REFERENCE}}}},
    {"resources": {"io_manager": {"config": {}}}},
    {"loggers": {"console": {"config": {"name": REFERENCE, "log_level": REFERENCE}}}},
    {"loggers": {"console": {"config": {"log_level": "DEBUG"}}}},
    {"execution": {"config": {"retries": REFERENCE, "marker_to_close": REFERENCE}}},
    {"execution": {"config": {"multiprocess": {"max_concurrent": REFERENCE}}}},
]


@pytest.mark.parametrize("assets", [NODES, ()], ids=["of a selection", "of the whole job"])
@pytest.mark.parametrize("run_config", ASSET_ATTEMPTS, ids=", ".join)
def test_assets_take_no_run_config_at_all(dagster_dev: DagsterDev, run_config: Any, assets: tuple[str, ...]) -> None:
    answer = dagster_dev.launch("__ASSET_JOB", run_config, assets=assets)
    assert answer["__typename"] in ("RunConfigValidationInvalid", "PythonError"), answer
    assert CANARY not in str(answer)


@pytest.mark.parametrize("sent", ['{"env": "BUSTER_CANARY"}', '{"tables": {"env": "BUSTER_CANARY"}}', "[1]", "canary"])
def test_a_reference_in_the_payload_of_assets_is_not_resolved(dagster_dev: DagsterDev, sent: str) -> None:
    answer = dagster_dev.launch("__ASSET_JOB", {}, assets=NODES[:1], payload=sent)
    assert CANARY not in str(answer)
    if answer["__typename"] == "LaunchRunSuccess":
        assert dagster_dev.wait(answer["run"]["runId"]) == "FAILURE"


def test_a_reference_inside_text_stays_literal(dagster_dev: DagsterDev) -> None:
    text = '{"env": "BUSTER_CANARY"}'
    run_id = dagster_dev.launch("analyst_workflow", payload() | {"query": text})["run"]["runId"]
    assert dagster_dev.wait(run_id) == "SUCCESS"  # the task rejects the payload: there is no such chat
    assert get_job_by_run_id(run_id).metadata["query"] == text


def test_the_variables_value_is_stored_nowhere(dagster_dev: DagsterDev, state_dir: Path) -> None:
    stored = [path for path in state_dir.glob("compute_logs/**/*") if path.is_file()]
    assert all(CANARY not in path.read_text(errors="replace") for path in stored)
    assert CANARY not in dagster_dev.log.read_text()
    with get_engine().connect() as connection:
        tables = sa.inspect(connection)
        for schema in ("public", "buster"):
            for table in tables.get_table_names(schema):
                found = f'SELECT count(*) FROM "{schema}"."{table}" t WHERE t::text LIKE :canary'
                rows = connection.execute(sa.text(found), {"canary": f"%{CANARY}%"})
                assert rows.scalar_one() == 0, f"{schema}.{table} holds the value"
