"""A small data source with a question that has one right answer, for tests of how a run gets started."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import URL

from buster_jobs.packages.database.people.chats import list_messages
from buster_jobs_tests.conftest import OrganizationWithChat

QUESTION = "How many parcels are there?"


@dataclass(frozen=True)
class Asked:
    """The payload to send, and where the answer arrives."""

    payload: dict[str, Any]
    organization: OrganizationWithChat

    def answer(self) -> str:
        """The one message that the chat got."""
        (message,) = list_messages(self.organization.chat_id)
        assert message.role == "assistant"
        return message.content


def ask(organization: OrganizationWithChat, scratch_database: Callable[[], URL]) -> Asked:
    """A data source with seven parcels, and the payload that asks for their number."""
    url = scratch_database()
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute("CREATE TABLE parcels AS SELECT number FROM generate_series(1, 7) AS number")
    source = organization.add_data_source(url)
    return Asked(
        {
            "chat_id": str(organization.chat_id),
            "query": QUESTION,
            "data_source_id": str(source.id),
            "user_id": str(organization.user_id),
        },
        organization,
    )
