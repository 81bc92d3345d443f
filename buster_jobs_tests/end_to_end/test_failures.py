"""A failed run of a running system: its dead letter, its alert, its replay over GraphQL."""

from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs.dead_letters import get_dead_letter
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.runtime.replay import replay_run_id
from buster_jobs_tests.support.asked import Asked
from buster_jobs_tests.support.dagster_dev import DagsterDev
from buster_jobs_tests.support.polling import until


def test_a_failure_leaves_a_letter_and_an_alert_and_can_be_replayed(
    dagster_dev: DagsterDev, asked: Asked, database: Engine
) -> None:
    payload = asked.payload | {"query": ""}  # only the model refuses it
    failed = dagster_dev.launch("analyst_workflow", payload)["run"]["runId"]
    assert dagster_dev.wait(failed) == "FAILURE"
    letter = get_dead_letter(failed)
    assert (letter.reason, letter.payload) == ("invalid_payload", payload)
    assert letter.organization_id == asked.organization.organization_id

    def told() -> bool:
        query = """SELECT EXISTS (SELECT FROM buster.ops_deliveries d JOIN buster.ops_alerts a USING (message_id)
            WHERE a.run_id = :run_id AND d.channel = 'log' AND d.delivered_at IS NOT NULL)"""
        with database.connect() as connection:
            return bool(connection.scalar(text(query), {"run_id": failed}))

    until(told, "the pool's recovery process has told it")
    asked_for = {"ids": [failed], "dry_run": False, "requested_by": "ann"}
    job = dagster_dev.launch("replay_dead_letters", asked_for)["run"]["runId"]
    assert dagster_dev.wait(job) == "SUCCESS"
    assert get_job_by_run_id(job).result["run_ids"] == [replay_run_id(failed)]
    assert dagster_dev.wait(replay_run_id(failed)) == "FAILURE"
    assert get_dead_letter(replay_run_id(failed)).replay_of == failed
    assert get_dead_letter(failed).resolved_by == "ann"
