"""Schemas of the warehouse whose organization or data source was deleted."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import psycopg
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Identifier

from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.warehouse.replacement import Connection, drop_set_aside
from buster_jobs.packages.warehouse.target import PARTS, part_named

_LOCK_MILLISECONDS = 200


@dataclass(frozen=True, slots=True)
class OrphanedSchema:
    """One schema. `is_read` says that a view of an existing organization still reads it."""

    schema: str
    tables: int
    bytes: int
    is_read: bool


def find_orphaned_schemas() -> list[OrphanedSchema]:
    """All orphaned schemas, by name."""
    with closing(own_connection()) as connection:
        return _find(connection)


def drop_orphaned_schemas() -> Iterator[OrphanedSchema]:
    """Drop the orphaned schemas that are no longer read, and yield each one after it was dropped."""
    with closing(own_connection()) as connection:
        drop_set_aside(connection)
        for orphaned in _find(connection):
            if not orphaned.is_read and _drop(connection, orphaned.schema):
                yield orphaned
        _drop_orphaned_parts(connection)


def _find(connection: Connection) -> list[OrphanedSchema]:
    return [OrphanedSchema(*row) for row in connection.execute(_ORPHANED_SCHEMAS)]


def _drop_orphaned_parts(connection: Connection) -> None:
    """Drop parts that a first copy left unfinished and whose table is no longer copied."""
    for (name,) in connection.execute(_ORPHANED_PARTS, [PARTS]).fetchall():
        connection.execute(SQL("DROP TABLE IF EXISTS {}").format(part_named(name)))
        logging.getLogger(__name__).info("Dropped %s, of a copy that was not finished.", name)


def _drop(connection: Connection, schema: str) -> bool:
    try:
        with connection.transaction():
            connection.execute(SQL("SET LOCAL lock_timeout = {}").format(_LOCK_MILLISECONDS))
            # CASCADE also drops the parts of its copies, which are in another schema.
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)))
    except LockNotAvailable:
        logging.getLogger(__name__).info("%s is being read: the next clean-up drops it.", schema)
        return False
    except psycopg.errors.OutOfMemory:  # more tables than one transaction may lock
        logging.getLogger(__name__).warning("%s has too many tables to be dropped at once.", schema)
        return False
    return True


# The transaction that creates or publishes a part also writes `staged`: a part in use is either staged or inherits.
_ORPHANED_PARTS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)
    AND NOT EXISTS (SELECT FROM buster.synced_tables t WHERE t.staged ->> 'part' = c.relname)
"""

_ORPHANED_SCHEMAS = """
WITH RECURSIVE ownerless AS (
    SELECT n.oid, n.nspname FROM pg_namespace n
    WHERE n.nspname ~ '^org_[0-9a-f]{32}$'
        AND NOT EXISTS (SELECT FROM buster.organizations o WHERE n.nspname = 'org_' || replace(o.id::text, '-', ''))
    UNION ALL SELECT n.oid, n.nspname FROM pg_namespace n
    WHERE n.nspname ~ '^source_[0-9a-f]{32}$'
        AND NOT EXISTS (SELECT FROM buster.data_sources s WHERE n.nspname = 'source_' || replace(s.id::text, '-', ''))
), reads AS (
    SELECT DISTINCT d.refobjid AS relation, w.ev_class AS reader FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid
    WHERE d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_rewrite'::regclass AND d.refobjid <> w.ev_class
), readers AS (
    -- Also readers of readers: CASCADE would drop them too.
    SELECT c.relnamespace AS schema, reads.reader FROM pg_class c JOIN reads ON reads.relation = c.oid
    WHERE c.relnamespace IN (SELECT oid FROM ownerless)
    UNION SELECT readers.schema, reads.reader FROM readers JOIN reads ON reads.relation = readers.reader
)
SELECT o.nspname,
    (SELECT count(*) FROM pg_class c WHERE c.relnamespace = o.oid AND c.relkind IN ('r', 'p', 'm')),
    (SELECT coalesce(sum(pg_total_relation_size(part.oid)), 0)::bigint FROM pg_class c
        CROSS JOIN LATERAL (SELECT c.oid UNION SELECT inhrelid FROM pg_inherits WHERE inhparent = c.oid) part
        WHERE c.relnamespace = o.oid AND c.relkind IN ('r', 'p', 'm')),
    EXISTS (SELECT FROM readers r JOIN pg_class c ON c.oid = r.reader
        WHERE r.schema = o.oid AND c.relnamespace NOT IN (SELECT oid FROM ownerless))
FROM ownerless o ORDER BY o.nspname
"""
