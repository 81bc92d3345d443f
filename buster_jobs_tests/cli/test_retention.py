"""`buster-jobs retention`, on real rows."""

import json
from uuid import uuid4

from click.testing import CliRunner, Result
from sqlalchemy import Engine

from buster_jobs.cli import main
from buster_jobs.runtime.testing import run_task
from buster_jobs.tasks.system.cleanup_old_data import cleanup_old_data
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.old_rows import old_job, run_ids


def retention(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["retention", *arguments])


def line(rule: str) -> list[str]:
    return [line for line in retention("list").stdout.splitlines() if line.startswith(rule)]


def test_days_are_set_shown_and_reset(database: Engine, organization: OrganizationWithChat) -> None:
    whose = str(organization.organization_id)
    assert retention("set", "job_records", "10").exit_code == 0
    assert retention("set", "job_records", "forever", "--organization", whose).exit_code == 0
    assert [" ".join(text.split()) for text in line("job_records")] == [
        "job_records 10 days",
        f"job_records for ever organization {whose}",
    ]
    retention("reset", "job_records")
    assert line("job_records")[0].endswith("90 days     (default)")


def test_days_and_organizations_that_cannot_be_used_are_refused_in_one_sentence(database: Engine) -> None:
    assert "write a number of days, or forever" in retention("set", "job_records", "soon").stderr
    assert retention("set", "job_records", "0").stderr.startswith("Rows can be kept for 1 to 36500 days")
    gone = retention("set", "job_records", "5", "--organization", str(uuid4()))
    assert gone.stderr.startswith("Name one organization by its name or id")


def test_the_preview_shows_what_would_be_deleted_and_deletes_nothing(database: Engine) -> None:
    old = old_job(database, 100)
    shown = [json.loads(text) for text in retention("preview", "--json").stdout.splitlines()]
    assert {one["rule"]: one["rows"] for one in shown}["job_records"] == 1
    assert "job_records 90 days 1" in " ".join(retention("preview").stdout.split())
    assert old in run_ids(database, "jobs")


def test_a_preview_does_not_count_as_the_first_run_that_only_shows(database: Engine) -> None:
    old = old_job(database, 100)
    assert "No run of cleanup_old_data has shown this yet" in retention("preview").stdout
    assert run_task(cleanup_old_data, {}).output["dry_run"] is True
    assert "has shown this yet" not in retention("preview").stdout
    assert old in run_ids(database, "jobs")
