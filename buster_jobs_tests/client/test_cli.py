"""`buster-jobs trigger --url`: the client on the command line, against a real webserver."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from buster_jobs.cli import main
from buster_jobs.cli import trigger as command
from buster_jobs_tests.client.conftest import NewClient
from buster_jobs_tests.support.dagster_dev import DagsterDev


@pytest.fixture
def location(new_client: NewClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reaches the test tasks' code location, as it reaches the project's own elsewhere."""
    monkeypatch.setattr(command, "Client", new_client)


def trigger(webserver: DagsterDev, task: str, payload: object, *more: str) -> Result:
    return CliRunner().invoke(main, ["trigger", task, "--payload", json.dumps(payload), "--url", webserver.url, *more])


@pytest.mark.usefixtures("location")
def test_the_result_of_a_run_elsewhere_is_alone_on_stdout(webserver: DagsterDev) -> None:
    done = trigger(webserver, "echo", {"text": "hello"})
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"said": "hello"}
    again = [trigger(webserver, "double", {"number": 2}, "--idempotency-key", "cli") for _ in range(2)]
    assert again[0].stderr == again[1].stderr
    assert again[0].stderr.startswith("Run ")


@pytest.mark.usefixtures("location")
def test_a_run_elsewhere_that_fails_or_is_rejected_says_why_and_exits_with_1(webserver: DagsterDev) -> None:
    failed = trigger(webserver, "fail", {"broken": __file__})
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr.endswith("\nIt is still broken.\n")
    rejected = trigger(webserver, "reject", {"number": 7})
    assert (rejected.exit_code, json.loads(rejected.stdout)["success"]) == (1, False)


@pytest.mark.usefixtures("location")
def test_what_cannot_be_triggered_elsewhere_exits_with_2_and_a_sentence(webserver: DagsterDev) -> None:
    for task, sentence in (("ecco", "There is no task 'ecco'; the tasks are: "), ("echo", "Field text is required.")):
        done = trigger(webserver, task, {"times": 1})
        assert done.exit_code == 2
        assert done.stderr.startswith(sentence)


@pytest.mark.usefixtures("location")
def test_a_key_that_was_used_otherwise_and_a_tag_that_makes_no_sense_exit_with_2(webserver: DagsterDev) -> None:
    assert trigger(webserver, "double", {"number": 2}, "--idempotency-key", "taken").exit_code == 0
    conflict = trigger(webserver, "double", {"number": 3}, "--idempotency-key", "taken")
    refused = trigger(webserver, "double", {"number": 2}, "--tag", "buster/delay=soon")
    for done in (conflict, refused):
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("location")
def test_a_run_elsewhere_has_the_tags_that_it_was_given(webserver: DagsterDev) -> None:
    done = trigger(webserver, "echo", {"text": "hello"}, "--tag", "team=sales", "--tag", "buster/priority=5")
    query = "query($id: ID!) { runOrError(runId: $id) { ... on Run { tags { key value } } } }"
    run_id = done.stderr.removeprefix("Run ").strip()
    tags = {tag["key"]: tag["value"] for tag in webserver.graphql(query, id=run_id)["runOrError"]["tags"]}
    assert (tags["team"], tags["buster/priority"]) == ("sales", "5")


def test_a_tag_without_a_value_is_refused() -> None:
    done = CliRunner().invoke(main, ["trigger", "echo", "--tag", "urgent"])
    assert (done.exit_code, done.stderr) == (2, "A tag is NAME=VALUE, such as buster/priority=5, not 'urgent'.\n")


def test_a_key_without_a_webserver_is_a_usage_error() -> None:
    done = CliRunner().invoke(main, ["trigger", "echo", "--idempotency-key", "a"])
    assert done.exit_code == 2
    assert "--idempotency-key needs --url" in done.stderr


def test_a_trigger_elsewhere_does_not_import_dagster() -> None:
    heavy = {"dagster", "sqlalchemy"}
    code = f"import sys; import buster_jobs.cli.trigger; sys.exit(sorted({heavy} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
