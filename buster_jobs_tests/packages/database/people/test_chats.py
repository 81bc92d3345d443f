"""Chats and messages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from buster_jobs.packages.database.people.chats import (
    Message,
    create_chat,
    create_chat_message,
    get_chat,
    list_messages,
)
from buster_jobs.packages.database.people.organization_models import UserRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.properties import WITH_FIXTURES


def test_a_message_is_stored_with_its_metadata(organization: OrganizationWithChat) -> None:
    metadata = {"tool_calls": [{"name": "run_sql", "rows": 3}], "usage": {"tokens": 12}}
    made = create_chat_message(chat_id=organization.chat_id, content="12 flights.", role="assistant", metadata=metadata)
    assert list_messages(organization.chat_id) == [made]
    assert (made.content, made.role, made.metadata) == ("12 flights.", "assistant", metadata)
    assert made.created_at.utcoffset() is not None


def test_messages_come_in_the_order_in_which_they_were_said(organization: OrganizationWithChat) -> None:
    said = [create_chat_message(chat_id=organization.chat_id, content=str(n), role="user") for n in range(5)]
    assert list_messages(organization.chat_id) == said


def test_the_same_message_twice_is_stored_once_as_it_was_first(organization: OrganizationWithChat) -> None:
    message_id = uuid4()
    first = create_chat_message(chat_id=organization.chat_id, content="first", role="assistant", message_id=message_id)
    again = create_chat_message(chat_id=organization.chat_id, content="second", role="assistant", message_id=message_id)
    assert first == again
    assert [message.content for message in list_messages(organization.chat_id)] == ["first"]


def test_the_same_message_from_many_at_once_is_stored_once(organization: OrganizationWithChat) -> None:
    message_id = uuid4()

    def store(content: str) -> Message:
        return create_chat_message(
            chat_id=organization.chat_id, content=content, role="assistant", message_id=message_id
        )

    with ThreadPoolExecutor(6) as pool:
        stored = list(pool.map(store, "abcdef"))
    assert list_messages(organization.chat_id) == [stored[0]]
    assert len({message.content for message in stored}) == 1


def test_a_message_id_of_another_chat_is_refused(new_organization: Callable[[], OrganizationWithChat]) -> None:
    mine, other = new_organization(), new_organization()
    theirs = create_chat_message(chat_id=other.chat_id, content="secret", role="user")
    with pytest.raises(InvalidInput, match="belongs to another chat") as raised:
        create_chat_message(chat_id=mine.chat_id, content="x", role="user", message_id=theirs.id)
    assert "secret" not in str(raised.value)


def test_an_unknown_chat_is_not_found(organization: OrganizationWithChat) -> None:
    with pytest.raises(NotFound, match=r"The chat that was named does not exist\."):
        create_chat_message(chat_id=uuid4(), content="x", role="user")
    unknown = uuid4()
    with pytest.raises(NotFound, match=f"There is no chat {unknown}"):
        get_chat(unknown)
    assert list_messages(unknown) == []


def test_an_unknown_role_is_refused(organization: OrganizationWithChat) -> None:
    with pytest.raises(InvalidInput, match="ck_messages_role"):
        create_chat_message(chat_id=organization.chat_id, content="x", role="robot")


@settings(max_examples=40, suppress_health_check=WITH_FIXTURES)
@given(content=st.text(alphabet=st.characters()), key=st.text(alphabet=st.characters()))
def test_any_text_that_a_model_writes_can_be_stored(organization: OrganizationWithChat, content: str, key: str) -> None:
    made = create_chat_message(
        chat_id=organization.chat_id, content=content, role="assistant", metadata={key: [content, float("nan")]}
    )
    if "\x00" not in content + key and not any("\ud800" <= c <= "\udfff" for c in content + key):
        assert (made.content, made.metadata) == (content, {key: [content, None]})


def test_a_chat_is_read_back(organization: OrganizationWithChat) -> None:
    made = create_chat(organization_id=organization.organization_id, user_id=organization.user_id, title="Delays")
    assert get_chat(made.id) == made
    with pytest.raises(NotFound, match="The organization that was named"):
        create_chat(organization_id=uuid4(), user_id=organization.user_id)


def test_a_chat_is_kept_when_the_user_who_began_it_is_deleted(organization: OrganizationWithChat) -> None:
    with session() as opened:
        opened.execute(delete(UserRow).where(UserRow.id == organization.user_id))
    assert get_chat(organization.chat_id).user_id is None
