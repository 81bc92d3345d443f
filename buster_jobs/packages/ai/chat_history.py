"""The last questions and answers of a chat, shortened, so that the next question can go on from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from buster_jobs.packages.ai.values import shorten

if TYPE_CHECKING:
    from buster_jobs.packages.database.people.chats import Message

REMEMBERED = 6
_MESSAGES = 4 * REMEMBERED
_QUESTION, _ANSWER = 1_000, 2_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of at most 1,000 characters, and its answer of at most 2,000."""

    question: str
    answer: str


def recent_exchanges(
    chat_id: UUID, *, user_id: UUID, data_source_id: UUID, but: UUID | None = None
) -> tuple[Exchange, ...]:
    """The last exchanges of a chat, at most 6, oldest first, without the message `but`.

    Only answers to this user from this data source: answers to others may hold data that this user may not see.
    """
    from buster_jobs.packages.database.people.chats import recent_messages  # SQLAlchemy takes long to import

    whose = {"user_id": str(user_id), "data_source_id": str(data_source_id)}
    return exchanges(
        message
        for message in recent_messages(chat_id, _MESSAGES)
        if message.id != but and (message.role == "user" or whose.items() <= message.metadata.items())
    )


def exchanges(messages: "Iterable[Message]") -> tuple[Exchange, ...]:
    """The last 6 exchanges, oldest first. An answer names its question, or answers the user's message before it."""
    found: list[Exchange] = []
    asked: str | None = None
    for message in messages:
        if message.role == "user":
            asked = message.content
        elif message.role == "assistant":
            question = message.metadata.get("question") or asked
            if isinstance(question, str) and question.strip():
                found.append(Exchange(shorten(question.strip(), _QUESTION), shorten(message.content, _ANSWER)))
            asked = None
    return tuple(found[-REMEMBERED:])
