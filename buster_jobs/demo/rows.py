"""The demo's organization, user, chat and data source in our own tables. Their ids are the same everywhere."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from buster_jobs.demo.server import DemoServer, reader_url
from buster_jobs.packages.database.models import Base
from buster_jobs.packages.database.people.chat_models import ChatRow
from buster_jobs.packages.database.people.organization_models import OrganizationMemberRow, OrganizationRow, UserRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources import data_sources
from buster_jobs.packages.database.sources.data_source_models import DataSourceRow
from buster_jobs.packages.database.sources.encryption import encrypt
from buster_jobs.packages.errors import ConfigurationError, NotFound

_DEMO = UUID("8f1c6f0e-27bb-5f0e-9d5c-4a1df3b0c7a2")
ORGANIZATION_ID = uuid5(_DEMO, "organization")
USER_ID = uuid5(_DEMO, "user")
CHAT_ID = uuid5(_DEMO, "chat")
DATA_SOURCE_ID = uuid5(_DEMO, "data source")


@dataclass(frozen=True, slots=True)
class DemoRows:
    """The ids of the demo's rows, by the names in `analyst_workflow`'s payload."""

    organization_id: UUID = ORGANIZATION_ID
    user_id: UUID = USER_ID
    chat_id: UUID = CHAT_ID
    data_source_id: UUID = DATA_SOURCE_ID

    def payload(self, question: str) -> dict[str, str]:
        """The payload with which `analyst_workflow` answers `question`."""
        return {
            "chat_id": str(self.chat_id),
            "query": question,
            "data_source_id": str(self.data_source_id),
            "user_id": str(self.user_id),
        }


def ensure_rows(server: DemoServer) -> DemoRows:
    """Insert missing rows, and store the reader's present URL in the data source. The database must be migrated."""
    stored = _stored_url()
    url = reader_url(server, stored)
    if stored is None:
        _insert(url)
    elif stored != url:
        data_sources.set_connection(data_source_id=DATA_SOURCE_ID, connection_url=url)
    return DemoRows()


def _stored_url() -> str | None:
    """None if the data source is missing; empty if the key that encrypted its URL is missing."""
    try:
        return data_sources.get_data_source(DATA_SOURCE_ID).connection_url()
    except NotFound:
        return None
    except ConfigurationError:
        return ""


def _insert(url: str) -> None:
    data_source = {"name": "New York flights 2013", "type": "postgresql", "encrypted_connection": encrypt(url)}
    rows: list[tuple[type[Base], dict[str, Any]]] = [
        (OrganizationRow, {"id": ORGANIZATION_ID, "name": "Demo", "time_zone": "America/New_York"}),
        (UserRow, {"id": USER_ID, "email": "demo@buster.example", "name": "Demo User"}),
        (OrganizationMemberRow, {"organization_id": ORGANIZATION_ID, "user_id": USER_ID, "role": "owner"}),
        (ChatRow, {"id": CHAT_ID, "organization_id": ORGANIZATION_ID, "user_id": USER_ID, "title": "Demo"}),
        (DataSourceRow, {"id": DATA_SOURCE_ID, "organization_id": ORGANIZATION_ID, **data_source}),
    ]
    with session() as opened:
        for table, values in rows:
            opened.execute(insert(table).values(values).on_conflict_do_nothing())
