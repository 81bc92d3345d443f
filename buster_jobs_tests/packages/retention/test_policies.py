"""How long rows are kept is data: for all, and for an organization."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.packages.retention.expired_rows import clean
from buster_jobs.packages.retention.pace import Pace
from buster_jobs.packages.retention.policies import days_of, list_policies, reset_policy, set_policy
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.old_rows import old_job, run_ids


def clean_up() -> None:
    clean("the run", Pace(sleep=lambda _seconds: None))


def test_without_settings_the_defaults_apply(database: Engine) -> None:
    assert {policy.rule: policy.days for policy in list_policies()} == {
        "deleted_organizations": 30,
        "dead_letters": 90,
        "open_dead_letters": 90,
        "job_records": 90,
        "task_metrics": 400,
        "step_outputs": 30,
        "step_waits": 30,
        "model_conversations": 30,
        "alerts": 90,
        "alert_messages": 90,
        "import_rejects": 30,
        "imports": 400,
        "retention_tallies": 90,
        "run_history": 30,
    }
    assert all(policy.is_default for policy in list_policies())


def test_an_organization_may_keep_its_rows_shorter_or_longer_than_the_others(
    database: Engine, new_organization: Callable[[], OrganizationWithChat]
) -> None:
    short, long, other = (new_organization().organization_id for _ in range(3))
    set_policy("job_records", 7, organization_id=short)
    set_policy("job_records", None, organization_id=long)
    set_policy("job_records", 20)
    kept = {
        old_job(database, 5, organization_id=short),
        old_job(database, 500, organization_id=long),
        old_job(database, 19, organization_id=other),
        old_job(database, 19),
    }
    for days, organization in ((8, short), (21, other), (21, None)):
        old_job(database, days, organization_id=organization)
    clean_up()
    assert run_ids(database, "jobs") == kept


def test_what_was_set_can_be_changed_and_taken_back(database: Engine) -> None:
    set_policy("task_metrics", 10)
    set_policy("task_metrics", 20)
    assert days_of("task_metrics") == 20
    reset_policy("task_metrics")
    assert days_of("task_metrics") == 400


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_days_that_no_one_can_mean_are_refused(database: Engine, days: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 36500 days, or for ever"):
        set_policy("job_records", days)


def test_only_rules_that_exist_can_be_set_and_only_where_rows_belong_to_organizations(
    database: Engine, organization: OrganizationWithChat
) -> None:
    with pytest.raises(InvalidInput, match=r"no retention rule 'jobs': use one of .*job_records"):
        set_policy("jobs", 10)
    with pytest.raises(InvalidInput, match="task_metrics belong to no organization"):
        set_policy("task_metrics", 10, organization_id=organization.organization_id)
    with pytest.raises(NotFound, match="The organization that was named does not exist"):
        set_policy("job_records", 10, organization_id=uuid4())
