"""What a member may ask and see of a data source. packages/data_sources enforces what may be seen."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.people.chats import get_chat
from buster_jobs.packages.database.people.organization_models import OrganizationMemberRow
from buster_jobs.packages.database.people.organizations import get_organization, is_member
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources.data_source_models import DataSourcePermissionRow
from buster_jobs.packages.database.sources.data_sources import get_data_source
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.visibility import Visibility


def set_permission(
    permission: Visibility, *, data_source_id: UUID, role: str | None = None, user_id: UUID | None = None
) -> None:
    """Set what members of `role`, or the one member, may see, replacing an earlier rule.

    Raises `InvalidInput` for names without their schema, an unknown role, or not exactly one of role and user,
    `NotFound` for an unknown data source or user.
    """
    _check(permission)
    values = {
        "tables": None if permission.tables is None else sorted(permission.tables),
        "hidden_columns": sorted(permission.hidden_columns),
    }
    adding = insert(DataSourcePermissionRow).values(data_source_id=data_source_id, role=role, user_id=user_id, **values)
    whom = "role" if user_id is None else "user_id"
    with session() as opened, refused_as_input():
        opened.execute(
            adding.on_conflict_do_update(
                index_elements=["data_source_id", whom], set_={**values, "updated_at": func.clock_timestamp()}
            )
        )


def clear_permission(*, data_source_id: UUID, role: str | None = None, user_id: UUID | None = None) -> None:
    """Delete the rule for the role or the member."""
    row = DataSourcePermissionRow
    with session() as opened:
        opened.execute(
            delete(row).where(
                row.data_source_id == data_source_id,
                row.role.is_not_distinct_from(role),
                row.user_id.is_not_distinct_from(user_id),
            )
        )


def get_permission(*, data_source_id: UUID, user_id: UUID) -> Visibility:
    """What the member may see: the rule for the member, else the one for the member's role, else everything.

    Raises `NotFound` for an unknown data source, `InvalidInput` for a user outside of its organization.
    """
    organization_id = get_data_source(data_source_id).organization_id
    row = DataSourcePermissionRow
    with session() as opened:
        member = opened.get(OrganizationMemberRow, (organization_id, user_id))
        if member is None:
            raise InvalidInput(f"User {user_id} is no member of the organization of data source {data_source_id}.")
        query = (
            select(row)
            .where(row.data_source_id == data_source_id, (row.user_id == user_id) | (row.role == member.role))
            .order_by(row.user_id.is_(None))
            .limit(1)
        )
        found = opened.scalar(query)
        if found is None:
            return Visibility()
        tables = None if found.tables is None else frozenset(found.tables)
        return Visibility(tables, frozenset(found.hidden_columns))


def _check(permission: Visibility) -> None:
    _check_dots(permission.tables or (), 1, "schema.table")
    _check_dots(permission.hidden_columns, 2, "schema.table.column")


def _check_dots(names: Iterable[str], dots: int, form: str) -> None:
    for name in names:
        if name.count(".") < dots or not all(name.split(".")):
            raise InvalidInput(f"Write {name!r} as {form}: a name without its schema would be matched by nothing.")


def check_may_ask(*, chat_id: UUID, user_id: UUID, data_source_id: UUID) -> UUID:
    """The organization that chat, user and data source share.

    Raises `NotFound` for a chat, data source or organization that does not exist, `InvalidInput` when they do not
    belong together. The sentences tell a caller nothing about other organizations.
    """
    organization_id = get_chat(chat_id).organization_id
    get_organization(organization_id)
    if not is_member(user_id, organization_id):
        raise InvalidInput(f"User {user_id} is no member of the organization that chat {chat_id} belongs to.")
    if get_data_source(data_source_id).organization_id != organization_id:
        raise InvalidInput(f"Data source {data_source_id} does not belong to the organization of chat {chat_id}.")
    return organization_id
