"""Chats, their messages, and the transcripts of conversations with models that become messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.people.chat_models import ChatRow, MessageRow, ModelConversationRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import storable_json, storable_text
from buster_jobs.packages.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat. `user_id` is None after the user who began it was removed."""

    id: UUID
    organization_id: UUID
    user_id: UUID | None
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `role` is user, assistant or system."""

    id: UUID
    chat_id: UUID
    role: str
    content: str
    metadata: Mapping[str, Any]
    created_at: datetime


def create_chat(*, organization_id: UUID, user_id: UUID, title: str = "") -> Chat:
    """Store a new chat. Raises `NotFound` if the organization or the user does not exist."""
    with session() as opened, refused_as_input():
        row = ChatRow(organization_id=organization_id, user_id=user_id, title=storable_text(title))
        opened.add(row)
        opened.flush()
        return _chat(row)


def get_chat(chat_id: UUID) -> Chat:
    """Raises `NotFound`."""
    with session() as opened:
        row = opened.get(ChatRow, chat_id)
        if row is None:
            raise NotFound(f"There is no chat {chat_id}.")
        return _chat(row)


def create_chat_message(
    *,
    chat_id: UUID,
    content: str,
    role: str,
    metadata: Mapping[str, object] | None = None,
    message_id: UUID | None = None,
) -> Message:
    """Store a message. If `message_id` is stored already, return the stored message unchanged.

    So an attempt that is made again writes its message once. Raises `NotFound` for an unknown chat, `InvalidInput`
    for an unknown role or a `message_id` that belongs to another chat.
    """
    values = {
        "id": message_id or uuid4(),
        "chat_id": chat_id,
        "role": role,
        "content": storable_text(content),
        "details": storable_json(metadata or {}),
    }
    with session() as opened, refused_as_input():
        opened.execute(insert(MessageRow).values(values).on_conflict_do_nothing(index_elements=["id"]))
        row = opened.get_one(MessageRow, values["id"])
        if row.chat_id != chat_id:
            raise InvalidInput(f"The message {message_id} belongs to another chat: give each message its own id.")
        return _message(row)


def list_messages(chat_id: UUID) -> list[Message]:
    """The chat's messages, oldest first. Empty for an unknown chat."""
    query = select(MessageRow).where(MessageRow.chat_id == chat_id).order_by(MessageRow.created_at, MessageRow.id)
    with session() as opened:
        return [_message(row) for row in opened.scalars(query)]


def recent_messages(chat_id: UUID, limit: int) -> list[Message]:
    """The chat's last `limit` messages, oldest first. Empty for an unknown chat."""
    newest = (MessageRow.created_at.desc(), MessageRow.id.desc())
    query = select(MessageRow).where(MessageRow.chat_id == chat_id).order_by(*newest).limit(limit)
    with session() as opened:
        return [_message(row) for row in opened.scalars(query)][::-1]


def _chat(row: ChatRow) -> Chat:
    return Chat(
        id=row.id,
        organization_id=row.organization_id,
        user_id=row.user_id,
        title=row.title,
        created_at=row.created_at,
    )


def _message(row: MessageRow) -> Message:
    return Message(
        id=row.id,
        chat_id=row.chat_id,
        role=row.role,
        content=row.content,
        metadata=row.details,
        created_at=row.created_at,
    )


def load_conversation(message_id: UUID) -> Any | None:
    """The transcript of the conversation that is to become the message; None if there is none."""
    with session() as opened:
        return opened.scalar(
            select(ModelConversationRow.transcript).where(ModelConversationRow.message_id == message_id)
        )


def save_conversation(message_id: UUID, transcript: Any) -> None:
    """Store a transcript of JSON values, replacing the one before."""
    saving = insert(ModelConversationRow).values(message_id=message_id, transcript=storable_json(transcript))
    with session() as opened:
        opened.execute(
            saving.on_conflict_do_update(
                index_elements=["message_id"],
                set_={"transcript": saving.excluded.transcript, "updated_at": func.clock_timestamp()},
            )
        )
