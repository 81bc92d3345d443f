"""Creates materialized views from their definitions, with index and rights. building.py refreshes them."""

from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs.packages.warehouse.views.definition import verbatim
from buster_jobs.packages.warehouse.views.values import View

Connection = psycopg.Connection[tuple[Any, ...]]


def identifier_of(view: View) -> Identifier:
    """The view's name in the database."""
    return Identifier(organization_schema(view.organization_id), view.name)


def create_empty(connection: Any, view: View) -> bool:
    """Create the view without content, so that views that read it can be registered. False if it exists."""
    schema = Identifier(organization_schema(view.organization_id))
    exists = "SELECT to_regclass(%s)"
    # Without the lock, two calls at once would both try to create the schema, and one would fail.
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(view.organization_id)])
    connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
    if connection.execute(exists, [identifier_of(view).as_string()]).fetchone()[0] is not None:
        return False
    create(connection, view, identifier_of(view), with_data=False)
    return True


def create(connection: Connection, view: View, place: Identifier, *, with_data: bool = True) -> None:
    """Create the view at `place`, with a unique index for its key."""
    data = SQL("WITH DATA") if with_data else SQL("WITH NO DATA")
    connection.execute(SQL("CREATE MATERIALIZED VIEW {} AS {} {}").format(place, verbatim(view.sql), data))
    if view.unique_key:
        columns = SQL(", ").join(map(Identifier, view.unique_key))
        connection.execute(SQL("CREATE UNIQUE INDEX ON {} ({})").format(place, columns))
    if with_data:
        connection.execute(SQL("ANALYZE {}").format(place))


def copy_grants(connection: Connection, old: Identifier, new: Identifier) -> None:
    """Grant SELECT on `new` to every role that has it on `old`."""
    grants = connection.execute(_GRANTS, [old.as_string()]).fetchall()
    for grantee, grantable in grants:
        whom = SQL("PUBLIC") if grantee is None else Identifier(grantee)
        with_option = SQL(" WITH GRANT OPTION") if grantable else SQL("")
        connection.execute(SQL("GRANT SELECT ON {} TO {}{}").format(new, whom, with_option))


_GRANTS = """
SELECT r.rolname, a.is_grantable
FROM pg_class c CROSS JOIN aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.oid = to_regclass(%s) AND a.privilege_type = 'SELECT' AND a.grantee <> c.relowner
"""
