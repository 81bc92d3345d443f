"""Organizations, users, and memberships."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.people.organization_models import OrganizationMemberRow, OrganizationRow, UserRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Organization:
    """A customer; `time_zone` is an IANA name."""

    id: UUID
    name: str
    time_zone: str
    status: str
    created_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class User:
    """A person."""

    id: UUID
    email: str
    name: str
    created_at: datetime


def create_organization(*, name: str, time_zone: str = "UTC") -> Organization:
    """Store a new organization. Raises `InvalidInput` for a blank name or a time zone outside of the IANA list."""
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):  # not found; not a relative path; a folder of zones
        raise InvalidInput(f"{time_zone!r} is no IANA time zone: write one like Europe/Berlin.") from None
    with session() as opened, refused_as_input():
        row = OrganizationRow(name=name, time_zone=time_zone)
        opened.add(row)
        opened.flush()
        return _organization(row)


def get_organization(organization_id: UUID) -> Organization:
    """The organization. Raises `NotFound`, also for a deleted one."""
    with session() as opened:
        row = opened.get(OrganizationRow, organization_id)
        if row is None or row.deleted_at is not None:
            raise NotFound(f"There is no organization {organization_id}.")
        return _organization(row)


def get_active_organizations() -> list[Organization]:
    """Every organization that is active and not deleted, by name."""
    query = (
        select(OrganizationRow)
        .where(OrganizationRow.status == "active", OrganizationRow.deleted_at.is_(None))
        .order_by(OrganizationRow.name, OrganizationRow.id)
    )
    with session() as opened:
        return [_organization(row) for row in opened.scalars(query)]


def create_user(*, email: str, name: str) -> User:
    """Store a new user. Raises `InvalidInput` if the address, regardless of case, is taken or has no @."""
    with session() as opened, refused_as_input():
        row = UserRow(email=email.strip(), name=name)
        opened.add(row)
        opened.flush()
        return _user(row)


def add_member(*, organization_id: UUID, user_id: UUID, role: str = "member") -> None:
    """Make the user a member, or change the member's role. Raises `InvalidInput` for an unknown role, `NotFound`."""
    adding = insert(OrganizationMemberRow).values(organization_id=organization_id, user_id=user_id, role=role)
    with session() as opened, refused_as_input():
        opened.execute(adding.on_conflict_do_update(index_elements=["organization_id", "user_id"], set_={"role": role}))


def is_member(user_id: UUID, organization_id: UUID) -> bool:
    """Whether the user belongs to the organization."""
    with session() as opened:
        return opened.get(OrganizationMemberRow, (organization_id, user_id)) is not None


def _organization(row: OrganizationRow) -> Organization:
    return Organization(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        status=row.status,
        created_at=row.created_at,
        deleted_at=row.deleted_at,
    )


def _user(row: UserRow) -> User:
    return User(id=row.id, email=row.email, name=row.name, created_at=row.created_at)
