"""Conversations, with people and with models, as tables."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, now_column, one_of
from buster_jobs.packages.database.people.organization_models import OrganizationRow, UserRow

MESSAGE_ROLES = ("user", "assistant", "system")


class ChatRow(Base):
    """A conversation. It stays with the organization when the user who began it is removed."""

    __tablename__ = "chats"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(OrganizationRow.id, ondelete="CASCADE"), index=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey(UserRow.id, ondelete="SET NULL"), index=True)
    title: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = now_column()


class MessageRow(Base):
    """One message of a chat."""

    __tablename__ = "messages"
    __table_args__ = (
        one_of("role", MESSAGE_ROLES),
        Index("ix_messages_chat_id_created_at", "chat_id", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    chat_id: Mapped[UUID] = mapped_column(ForeignKey(ChatRow.id, ondelete="CASCADE"))
    role: Mapped[str]
    content: Mapped[str]
    # The attribute cannot be called `metadata`: that name is SQLAlchemy's.
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=text("'{}'::jsonb"))
    created_at: Mapped[datetime] = now_column()


class ModelConversationRow(Base):
    """What was said to and by a model for one message. Not bound to the message: that is written when it is over."""

    __tablename__ = "model_conversations"
    __table_args__ = (Index("ix_model_conversations_updated_at", "updated_at"),)

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    transcript: Mapped[Any] = mapped_column(JSON)
    updated_at: Mapped[datetime] = now_column()
