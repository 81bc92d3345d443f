"""`buster-jobs tasks`: the list, and one task with its payload."""

import json

from buster_jobs_tests.cli.command import buster_jobs


def test_tasks_are_listed_with_what_they_do() -> None:
    result = buster_jobs("tasks")
    assert result.exit_code == 0
    assert "analyst_workflow Answer a question about a data source" in " ".join(result.stdout.split())


def test_a_tasks_payload_is_described_field_by_field() -> None:
    result = buster_jobs("tasks", "show", "analyst_workflow")
    assert result.exit_code == 0
    assert "query (str, required): User query to analyze" in result.stdout


def test_a_tasks_payload_is_available_as_json_schema() -> None:
    schema = json.loads(buster_jobs("tasks", "show", "analyst_workflow", "--json").stdout)
    assert schema["properties"]["chat_id"]["format"] == "uuid"
