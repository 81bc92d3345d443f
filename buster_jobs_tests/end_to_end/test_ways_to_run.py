"""The same job, the same answer: from GraphQL, from the command line, in process. The launchpad has its own file."""

import json
import subprocess
import sys
from uuid import uuid4

from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.runtime.testing import run_task
from buster_jobs.tasks.ai.analyst_workflow import analyst_workflow
from buster_jobs_tests.support.asked import Asked
from buster_jobs_tests.support.dagster_dev import ROOT, DagsterDev


def test_graphql_launches_the_job(dagster_dev: DagsterDev, asked: Asked) -> None:
    run_id = dagster_dev.launch("analyst_workflow", asked.payload)["run"]["runId"]
    assert dagster_dev.wait(run_id) == "SUCCESS"
    assert "7" in asked.answer()
    assert get_job_by_run_id(run_id).status == "completed"


def test_the_command_line_runs_the_job(asked: Asked) -> None:
    command = [sys.executable, "-m", "buster_jobs.cli", "trigger", "analyst_workflow", "--payload", "-"]
    done = subprocess.run(
        command, input=json.dumps(asked.payload), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["success"] is True
    assert "7" in asked.answer()


def test_a_test_runs_the_job_in_process(asked: Asked) -> None:
    assert analyst_workflow.execute_in_process(run_config=asked.payload).success
    assert "7" in asked.answer()


def test_run_task_runs_the_job(asked: Asked) -> None:
    result = run_task(analyst_workflow, asked.payload)
    assert (result.success, result.attempts) == (True, 1)
    assert "7" in asked.answer()


def test_a_run_for_an_unknown_user_ends_as_a_rejected_job(dagster_dev: DagsterDev, asked: Asked) -> None:
    run_id = dagster_dev.launch("analyst_workflow", asked.payload | {"user_id": str(uuid4())})["run"]["runId"]
    assert dagster_dev.wait(run_id) == "SUCCESS"
    assert get_job_by_run_id(run_id).status == "rejected"
