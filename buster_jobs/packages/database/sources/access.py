"""Who may use what together. The rules that span several aggregates stand here, each as one check."""

from uuid import UUID

from buster_jobs.packages.database.people.chats import get_chat
from buster_jobs.packages.database.people.organizations import get_organization, is_member
from buster_jobs.packages.database.sources.data_sources import get_data_source
from buster_jobs.packages.errors import InvalidInput


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
