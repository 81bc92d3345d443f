"""Conversations with models, by the message that they are to become. What is in one is the analyst's business."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.people.chat_models import ModelConversationRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import storable_json


def load_conversation(message_id: UUID) -> Any | None:
    """The transcript as it was last saved; None when there is none."""
    with session() as opened:
        return opened.scalar(
            select(ModelConversationRow.transcript).where(ModelConversationRow.message_id == message_id)
        )


def save_conversation(message_id: UUID, transcript: Any) -> None:
    """Keep a transcript of JSON values, in place of the one before."""
    saving = insert(ModelConversationRow).values(message_id=message_id, transcript=storable_json(transcript))
    with session() as opened:
        opened.execute(
            saving.on_conflict_do_update(
                index_elements=["message_id"],
                set_={"transcript": saving.excluded.transcript, "updated_at": func.clock_timestamp()},
            )
        )
