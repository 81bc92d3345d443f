"""The table of views: which ones an organization has, and how the last refresh of each went."""

from collections.abc import Collection, Sequence
from contextlib import closing
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.people.organizations import get_organization
from buster_jobs.packages.database.server.engine import own_connection, session
from buster_jobs.packages.database.sources.view_models import MaterializedViewRow
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs.packages.warehouse.views.creation import create_empty
from buster_jobs.packages.warehouse.views.definition import (
    Definition,
    check_columns,
    check_name,
    define,
    warehouse_catalog,
)
from buster_jobs.packages.warehouse.views.order import reads_among, sorter
from buster_jobs.packages.warehouse.views.values import Outcome, Relation, View


def add_view(organization_id: UUID, name: str, query: str, unique_key: Sequence[str] = ()) -> View:
    """Register a view, or give one a new definition. The next refresh builds it; until then its content stays.

    Raises `InvalidInput` for a query that the guard or the database refuses, unknown tables, views that read each other
    in a circle, and the name of an existing table; `NotFound` for an unknown organization.
    """
    check_name(name)
    get_organization(organization_id)
    key = tuple(unique_key)
    with closing(own_connection()) as connection:
        catalog = warehouse_catalog(connection, organization_id)
        views = {view.name: view for view in list_views(organization_id)}
        taken = {table.name for table in catalog.tables if table.schema == organization_schema(organization_id)}
        if name in taken and name not in views:
            raise InvalidInput(f"This organization's warehouse has a table {name!r} already: choose another name.")
        definition = define(query, catalog)
        sorter({**reads_among(views.values()), name: _views_in(definition.reads, organization_id, set(views) | {name})})
        check_columns(connection, definition.sql, key)
    return _save(organization_id, name, query, definition, key)


def list_views(organization_id: UUID) -> list[View]:
    """The organization's views by name."""
    query = (
        select(MaterializedViewRow)
        .where(MaterializedViewRow.organization_id == organization_id)
        .order_by(MaterializedViewRow.name)
    )
    with session() as opened:
        return [_view(row) for row in opened.scalars(query)]


def organizations_with_views() -> list[UUID]:
    """The ids of active organizations that have views."""
    query = (
        select(OrganizationRow.id)
        .where(OrganizationRow.status == "active", OrganizationRow.deleted_at.is_(None))
        .where(OrganizationRow.id.in_(select(MaterializedViewRow.organization_id)))
    )
    with session() as opened:
        return list(opened.scalars(query))


def find_view(organization_id: UUID, name: str) -> View:
    """The view of that name. Raises `NotFound`, which lists the existing views."""
    views = {view.name: view for view in list_views(organization_id)}
    if name not in views:
        raise NotFound(f"The organization has no view {name!r}: it has {', '.join(views) or 'none'}.")
    return views[name]


def readers_of(view: View) -> list[str]:
    """The names of the views that read it."""
    reads = reads_among(list_views(view.organization_id))
    return sorted(reader for reader, read in reads.items() if view.name in read)


def _views_in(reads: Sequence[Relation], organization_id: UUID, names: set[str]) -> frozenset[str]:
    schema = organization_schema(organization_id)
    return frozenset(read.name for read in reads if read.schema == schema and read.name in names)


def _save(organization_id: UUID, name: str, query: str, definition: Definition, key: tuple[str, ...]) -> View:
    values: dict[str, Any] = {
        "query": query,
        "sql": definition.sql,
        "unique_key": list(key),
        "reads": [list(read) for read in definition.reads],
        "columns": None,
        "attempted_at": None,
        "updated_at": func.clock_timestamp(),
    }
    saving = insert(MaterializedViewRow).values(organization_id=organization_id, name=name, **values)
    with session() as opened, refused_as_input():
        row = opened.scalars(
            saving.on_conflict_do_update(index_elements=["organization_id", "name"], set_=values).returning(
                MaterializedViewRow
            )
        ).one()
        view = _view(row)
        if create_empty(opened.connection().connection.driver_connection, view):
            row.built_from = view.definition
        return view


def _view(row: MaterializedViewRow) -> View:
    return View(
        id=row.id,
        organization_id=row.organization_id,
        name=row.name,
        query=row.query,
        sql=row.sql,
        unique_key=tuple(row.unique_key),
        reads=tuple(Relation(schema, name) for schema, name in row.reads),
        built_from=row.built_from,
        columns=None if row.columns is None else tuple((name, type_) for name, type_ in row.columns),
        status=row.status,  # pyright: ignore[reportArgumentType] - the table's rule
        error=row.error,
        rows=row.rows,
        bytes=row.bytes,
        seconds=row.seconds,
        refreshed_at=row.refreshed_at,
        attempted_at=row.attempted_at,
    )


def note_attempt(view_ids: Collection[UUID]) -> None:
    """Store that the views are tried now: only later changes of their tables make them due again."""
    trying = update(MaterializedViewRow).where(MaterializedViewRow.id.in_(view_ids))
    with session() as opened:
        opened.execute(trying.values(attempted_at=func.clock_timestamp()))


def note_outcome(view_id: UUID, outcome: Outcome) -> None:
    """Store how a refresh ended. After a failure, rows, bytes and times still describe the last content."""
    noting = update(MaterializedViewRow).where(MaterializedViewRow.id == view_id)
    values: dict[str, Any] = {"status": outcome.status, "error": outcome.error}
    if outcome.status == "refreshed":
        values["seconds"] = outcome.seconds
    with session() as opened:
        opened.execute(noting.values(values))
