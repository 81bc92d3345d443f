"""The message in the chat after `analyst_workflow` has failed for good."""

from collections.abc import Callable

import pytest
from sqlalchemy import URL

from buster_jobs.packages.database.people.chats import list_messages
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.runtime.testing import run_task
from buster_jobs.tasks.ai import analyst_workflow as module
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.asked import ask


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ConfigurationError("The model's key is missing; set it."), "The model's key is missing; set it."),
        (RuntimeError("row 7: salary of Ann is 9,000"), "Something went wrong on our side; we have been told."),
    ],
)
def test_the_chat_shows_messages_for_people_and_no_internal_details(
    error: Exception,
    told: str,
    organization: OrganizationWithChat,
    scratch_database: Callable[[], URL],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(module, "analyst_agent", fails)
    result = run_task(module.analyst_workflow, ask(organization, scratch_database).payload)
    assert not result.success
    (message,) = list_messages(organization.chat_id)
    assert message.content == f"I could not answer this question. {told} You can ask again."
