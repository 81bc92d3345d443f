"""Tables of organizations, users and memberships."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from buster_jobs.packages.database.model_base import Base, not_blank, now_column, one_of

ORGANIZATION_STATUSES = ("active", "suspended")
MEMBER_ROLES = ("owner", "admin", "member")


class OrganizationRow(Base):
    """A customer. `time_zone` decides when its days begin."""

    __tablename__ = "organizations"
    __table_args__ = (
        not_blank("name"),
        one_of("status", ORGANIZATION_STATUSES),
        # Raises for most zones that PostgreSQL does not know; `create_organization` knows the IANA list.
        CheckConstraint("(now() AT TIME ZONE time_zone) IS NOT NULL", name="time_zone"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    status: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[datetime] = now_column()
    deleted_at: Mapped[datetime | None]


class UserRow(Base):
    """A person. E-mail addresses are unique, regardless of case."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("strpos(email, '@') > 1", name="email"),
        Index("uq_users_email_lower", func.lower(text("email")), unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, server_default=func.gen_random_uuid())
    email: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime] = now_column()


class OrganizationMemberRow(Base):
    """The membership of a user in an organization, with a role."""

    __tablename__ = "organization_members"
    __table_args__ = (one_of("role", MEMBER_ROLES),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(OrganizationRow.id, ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(UserRow.id, ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(server_default="member")
    created_at: Mapped[datetime] = now_column()
