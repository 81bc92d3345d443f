"""`buster-jobs trigger`: payloads that are refused, rejected, answered, or fail."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, text

from buster_jobs.packages.database.runs.jobs import get_job_by_run_id, list_recent_jobs
from buster_jobs.packages.database.server.engine import new_engine
from buster_jobs.runtime.attempts.attempt_outcome import without_waiting
from buster_jobs_tests.cli.command import PROGRAM, buster_jobs
from buster_jobs_tests.conftest import OrganizationWithChat


def payload(**changes: object) -> str:
    ids = {name: str(uuid4()) for name in ("chat_id", "data_source_id", "user_id")}
    return json.dumps({"query": "How many?", **ids, **changes})


def organization_payload(organization: OrganizationWithChat, url: str) -> str:
    return payload(
        chat_id=str(organization.chat_id),
        user_id=str(organization.user_id),
        data_source_id=str(organization.add_data_source(url).id),
        query="How many orders are there?",
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{", "The payload is not JSON"),
        ("[]", "The payload must be a JSON object"),
        ("@/no/such/file", "The payload's file cannot be read: No such file or directory."),
        ("{}", "Field chat_id: Field required. Field query: Field required."),
        (payload(chat_id="x"), "Field chat_id: Input should be a valid UUID"),
        (payload(colour="red"), "Field colour: "),
        (payload(query={"env": "HOME"}), "Field query: Input should be a valid string."),
    ],
)
def test_a_bad_payload_is_refused_with_a_sentence_before_any_run(database: Engine, given: str, sentence: str) -> None:
    result = buster_jobs("trigger", "analyst_workflow", "--payload", given)
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence)
    assert result.stdout == ""
    assert list_recent_jobs() == []


def test_a_payload_that_is_not_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "payload").write_bytes(b"\xff\xfe\x00")
    result = buster_jobs("trigger", "analyst_workflow", "--payload", f"@{tmp_path}/payload")
    assert result.exit_code == 2
    assert result.stderr.startswith("The payload is not JSON")


@pytest.mark.parametrize("way", ["argument", "file", "stdin"])
def test_what_a_task_rejects_is_printed_and_exits_with_1(database: Engine, tmp_path: Path, way: str) -> None:
    given = payload()
    (tmp_path / "payload.json").write_text(given)
    argument = {"argument": given, "file": f"@{tmp_path / 'payload.json'}", "stdin": "-"}[way]
    result = buster_jobs("trigger", "analyst_workflow", "--payload", argument, stdin=given)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["success"] is False
    assert result.stderr == f"There is no chat {json.loads(given)['chat_id']}.\n"


def test_a_run_prints_its_result_alone_on_stdout_and_its_id_on_stderr(
    organization: OrganizationWithChat, scratch_database: Callable[[], URL]
) -> None:
    url = scratch_database()
    with new_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE orders AS SELECT generate_series(1, 7) AS id"))
    given = organization_payload(organization, url.render_as_string(hide_password=False))
    command = [*PROGRAM, "trigger", "analyst_workflow", "--payload", "-"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    job = get_job_by_run_id(line.removeprefix("Run "))
    assert json.loads(done.stdout) == job.result == {"success": True, "message_id": job.run_id}


def test_a_run_that_fails_says_why_and_exits_with_1(organization: OrganizationWithChat) -> None:
    given = organization_payload(organization, "postgresql://nobody@/nothing?host=/no/such/socket")
    with without_waiting():
        result = buster_jobs("trigger", "analyst_workflow", "--payload", given)
    (job,) = list_recent_jobs()
    assert (job.status, job.attempts) == ("failed", 3)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith(f"\n{job.error}\n")
