"""Tables of chats, their messages, and conversations with models."""

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
    """A chat. It stays with the organization when its user is removed."""

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
    # SQLAlchemy reserves the attribute name `metadata`.
    details: Mapped[dict[str, Any]] = mapped_column("metadata", server_default=text("'{}'::jsonb"))
    created_at: Mapped[datetime] = now_column()


class ModelConversationRow(Base):
    """The transcript of a conversation with a model. It has no foreign key: its message is written at the end."""

    __tablename__ = "model_conversations"
    __table_args__ = (Index("ix_model_conversations_updated_at", "updated_at"),)

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    transcript: Mapped[Any] = mapped_column(JSON)
    updated_at: Mapped[datetime] = now_column()
