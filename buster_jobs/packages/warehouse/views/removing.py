"""Removes views from the registry and from the warehouse."""

from contextlib import closing
from uuid import UUID

from psycopg.errors import DependentObjectsStillExist
from psycopg.sql import SQL

from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.replacement import drop_set_aside, retry_until_unlocked
from buster_jobs.packages.warehouse.views.creation import Connection, identifier_of
from buster_jobs.packages.warehouse.views.registry import find_view, readers_of
from buster_jobs.packages.warehouse.views.values import View


def remove_view(organization_id: UUID, name: str) -> None:
    """Drop a view with its content, without making readers wait.

    Raises `NotFound`; `InvalidInput` while something in the warehouse reads it; `Unavailable` if it is queried, or
    refreshed, for too long.
    """
    view = find_view(organization_id, name)
    if readers := readers_of(view):
        raise InvalidInput(f"The view {name!r} is read by {', '.join(readers)}: remove those first.")
    with closing(own_connection()) as connection:
        try:
            retry_until_unlocked(connection, lambda: _remove(connection, view), f"{name} could not be removed")
        except DependentObjectsStillExist:
            raise InvalidInput(f"Something in the warehouse reads the view {name!r}: remove that first.") from None
        drop_set_aside(connection)


def _remove(connection: Connection, view: View) -> None:
    connection.execute("DELETE FROM buster.materialized_views WHERE id = %s", [view.id])
    connection.execute(SQL("DROP MATERIALIZED VIEW IF EXISTS {}").format(identifier_of(view)))
