"""The stored data sources, with encrypted connection URLs. packages/data_sources connects to them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, cast, func, or_, select, update
from sqlalchemy.orm import Session

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources.data_source_models import DataSourceRow
from buster_jobs.packages.database.sources.encryption import decrypt, encrypt
from buster_jobs.packages.database.sources.warehouse_models import CatalogTableRow, SyncedTableRow
from buster_jobs.packages.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class StoredDataSource:
    """A stored data source. Its repr hides the connection."""

    id: UUID
    organization_id: UUID
    name: str
    type: str
    status: str
    error: str | None
    created_at: datetime
    updated_at: datetime
    encrypted_connection: str = field(repr=False)

    def connection_url(self) -> str:
        """The URL in clear text, password included: pass it to `connect`, and never print it.

        Raises `ConfigurationError` if the key that encrypted it is missing.
        """
        return decrypt(self.encrypted_connection)

    def check_enabled(self) -> None:
        """Raises `InvalidInput` if an administrator has disabled the data source, which forbids queries."""
        if self.status == "disabled":
            raise InvalidInput(f"The data source {self.name} is disabled: enable it, and try again.")


def create_data_source(*, organization_id: UUID, name: str, type: str, connection_url: str) -> StoredDataSource:
    """Store a data source. Raises `NotFound` for an unknown organization, `InvalidInput` for a blank or taken name."""
    sentences = {
        "uq_data_sources_organization_id": f"There is a data source {name!r} already: choose another name.",
        "ck_data_sources_name": "A data source needs a name.",
    }
    with session() as opened, refused_as_input(sentences):
        row = DataSourceRow(
            organization_id=organization_id, name=name, type=type, encrypted_connection=encrypt(connection_url)
        )
        opened.add(row)
        opened.flush()
        return _stored(row)


def get_data_source(data_source_id: UUID) -> StoredDataSource:
    """Raises `NotFound`."""
    with session() as opened:
        row = opened.get(DataSourceRow, data_source_id)
        if row is None:
            raise _not_found(data_source_id)
        return _stored(row)


def list_data_sources(organization_id: UUID) -> list[StoredDataSource]:
    """The organization's data sources by name."""
    query = select(DataSourceRow).where(DataSourceRow.organization_id == organization_id).order_by(DataSourceRow.name)
    with session() as opened:
        return [_stored(row) for row in opened.scalars(query)]


def list_data_source_ids() -> list[UUID]:
    """The ids of all data sources of organizations that are not deleted."""
    query = (
        select(DataSourceRow.id)
        .join(OrganizationRow, OrganizationRow.id == DataSourceRow.organization_id)
        .where(OrganizationRow.deleted_at.is_(None))
    )
    with session() as opened:
        return list(opened.scalars(query))


def data_sources_to_sync(organization_id: UUID | None = None) -> list[StoredDataSource]:
    """Data sources with chosen tables, of one organization or of all.

    Disabled data sources are left out, and so are deleted and inactive organizations.
    """
    query = (
        select(DataSourceRow)
        .join(OrganizationRow, OrganizationRow.id == DataSourceRow.organization_id)
        .where(OrganizationRow.status == "active", OrganizationRow.deleted_at.is_(None))
        .where(DataSourceRow.status != "disabled", DataSourceRow.id.in_(select(SyncedTableRow.data_source_id)))
        .order_by(DataSourceRow.id)
    )
    if organization_id is not None:
        query = query.where(DataSourceRow.organization_id == organization_id)
    with session() as opened:
        return [_stored(row) for row in opened.scalars(query)]


def find_data_sources(name: str) -> list[StoredDataSource]:
    """Data sources with this id, or with this name in any organization."""
    named = or_(DataSourceRow.name == name, cast(DataSourceRow.id, Text) == name.lower())
    with session() as opened:
        return [_stored(row) for row in opened.scalars(select(DataSourceRow).where(named).order_by(DataSourceRow.id))]


def set_data_source_status(*, data_source_id: UUID, status: str, error: str | None = None) -> StoredDataSource:
    """Store the status: active, error or disabled. `error` says why, and must hold no secret.

    Raises `NotFound`, and `InvalidInput` for an unknown status.
    """
    with session() as opened:
        return _change(opened, data_source_id, status=status, error=error)


def save_reachability(data_source_id: UUID, *, error: str | None) -> None:
    """Store whether a connection succeeded, or why not. Disabled ones stay disabled. The error must hold no secret."""
    changing = update(DataSourceRow).where(DataSourceRow.id == data_source_id, DataSourceRow.status != "disabled")
    values = {"status": "error" if error else "active", "error": error, "updated_at": func.clock_timestamp()}
    with session() as opened:
        opened.execute(changing.values(values))


def set_connection(*, data_source_id: UUID, connection_url: str) -> StoredDataSource:
    """Replace the connection, and delete the profiles of tables: it may lead elsewhere. Raises `NotFound`."""
    forgetting = update(CatalogTableRow).where(CatalogTableRow.data_source_id == data_source_id)
    with session() as opened:
        opened.execute(forgetting.values(profile=None, profiled_at=None))
        return _change(opened, data_source_id, encrypted_connection=encrypt(connection_url))


def _change(opened: Session, data_source_id: UUID, **values: str | None) -> StoredDataSource:
    changing = (
        update(DataSourceRow)
        .where(DataSourceRow.id == data_source_id)
        .values(**values, updated_at=func.clock_timestamp())
        .returning(DataSourceRow)
    )
    with refused_as_input():
        row = opened.scalar(changing)
    if row is None:
        raise _not_found(data_source_id)
    return _stored(row)


def _not_found(data_source_id: UUID) -> NotFound:
    return NotFound(f"There is no data source {data_source_id}.")


def _stored(row: DataSourceRow) -> StoredDataSource:
    return StoredDataSource(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        type=row.type,
        status=row.status,
        error=row.error,
        created_at=row.created_at,
        updated_at=row.updated_at,
        encrypted_connection=row.encrypted_connection,
    )
