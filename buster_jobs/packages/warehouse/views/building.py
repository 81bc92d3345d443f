"""Refreshes one view in one transaction. Readers never wait; a view that fails stays as it was."""

from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb

from buster_jobs.packages.errors import NotFound
from buster_jobs.packages.warehouse.replacement import ASIDE_SCHEMA, replace_view, temporary_name
from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs.packages.warehouse.views.creation import Connection, copy_grants, create, identifier_of
from buster_jobs.packages.warehouse.views.values import Built, How, Relation, View


def build(connection: Connection, view: View, *, seconds: float) -> Built:
    """Refresh the view. `seconds` limits each statement. Raises psycopg's errors, and `Unavailable`.

    Uses REFRESH CONCURRENTLY if the view has a key and everything that it reads is still in place; else builds a new
    view and replaces the old one by it. Plain REFRESH would lock readers out for as long as the query takes.
    """
    with connection.transaction():
        connection.execute(SQL("SET LOCAL statement_timeout = {}").format(round(seconds * 1000)))
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(view.id)])
        how = _how(connection, view)
        if how == "concurrently":
            connection.execute(SQL("REFRESH MATERIALIZED VIEW CONCURRENTLY {}").format(identifier_of(view)))
            built = _measured(connection, identifier_of(view), how)
            _record(connection, view, built)
        else:
            made = temporary_name()
            built = _made(connection, view, made, how)
            _record(connection, view, built)
            # Readers are locked out from here to the end of the transaction.
            replace_view(connection, made, organization_schema(view.organization_id), view.name)
    return built


def _how(connection: Connection, view: View) -> How:
    state = connection.execute(_STATE, [identifier_of(view).as_string()]).fetchone()
    populated, made_of = state or (False, [])
    if not populated:
        return "created"
    current = connection.execute(_BUILT_FROM, [view.id]).fetchone()
    is_current = current is not None and current[0] == view.definition
    if not is_current or {Relation(*relation) for relation in made_of} != set(view.reads):
        return "rebuilt"
    return "concurrently" if view.unique_key else "swapped"


def _made(connection: Connection, view: View, made: str, how: How) -> Built:
    """Create the view under the name `made` in `ASIDE_SCHEMA`."""
    place = Identifier(ASIDE_SCHEMA, made)
    create(connection, view, place)
    copy_grants(connection, identifier_of(view), place)
    return _measured(connection, place, how)


def _measured(connection: Connection, place: Identifier, how: How) -> Built:
    rows = connection.execute(SQL("SELECT count(*) FROM {}").format(place)).fetchone()
    described = connection.execute(_DESCRIBE, [place.as_string()]).fetchone() or (0, [])
    columns = tuple((name, type_) for name, type_ in described[1])
    return Built(how, rows[0] if rows else 0, described[0], columns)


def _record(connection: Connection, view: View, built: Built) -> None:
    """Record the refresh in the content's own transaction, so that they agree. Raises `NotFound` for a removed view."""
    columns = Jsonb([list(column) for column in built.columns])
    values = [view.definition, view.sql, columns, built.rows, built.bytes, view.id]
    if not connection.execute(_RECORD, values).rowcount:
        raise NotFound("It was removed while it was refreshed.")


_STATE = """
SELECT c.relispopulated, ARRAY(
    SELECT DISTINCT ARRAY[n.nspname, r.relname]::text[]
    FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
    JOIN pg_class r ON r.oid = d.refobjid JOIN pg_namespace n ON n.oid = r.relnamespace
    WHERE w.ev_class = c.oid)
FROM pg_class c WHERE c.oid = to_regclass(%s) AND c.relkind = 'm'
"""

_BUILT_FROM = "SELECT built_from FROM buster.materialized_views WHERE id = %s"

_DESCRIBE = """
SELECT pg_total_relation_size(c.oid), ARRAY(
    SELECT ARRAY[a.attname, format_type(a.atttypid, a.atttypmod)] FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
FROM pg_class c WHERE c.oid = to_regclass(%s)
"""

# The row stays unlocked while the view is built: the view may get another definition, or be removed, meanwhile.
_RECORD = """
UPDATE buster.materialized_views
SET built_from = %s, columns = CASE WHEN sql = %s THEN coalesce(columns, %s) ELSE columns END,
    rows = %s, bytes = %s, refreshed_at = clock_timestamp()
WHERE id = %s
"""
