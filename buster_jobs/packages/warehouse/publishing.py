"""Publishes a new part as the rows of a copied table, in the caller's transaction, after checks of its structure."""

import time
from collections.abc import Callable

import psycopg
from psycopg import sql

from buster_jobs.packages.warehouse.errors import SchemaChanged
from buster_jobs.packages.warehouse.target import Target, type_of
from buster_jobs.packages.warehouse.types import widens

_LOCK_SECONDS = 2.0
_LONGEST_WAIT = 60.0

_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_PARTS = """
SELECT n.nspname, c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.inhparent = %s::regclass
"""


def existing_columns(connection: psycopg.Connection, target: Target) -> dict[str, str] | None:
    """The types of the existing copy's columns, by name; None if there is no copy yet."""
    found = connection.execute(_COLUMNS, [target.schema, target.table]).fetchall()
    return dict(found) or None


def check_structure(existing: dict[str, str], target: Target, table: str) -> None:
    """Raises `SchemaChanged` if a column's new type cannot hold every value of the old one."""
    for column in target.columns:
        old = existing.get(column.name, column.type)
        if not widens(old, column.type):
            raise SchemaChanged(
                f"Column {column.source} of {table} was {old} and is {column.type} now. The copy stays as it was: "
                "sync the table with full_refresh to take the new type."
            )


def current_part(connection: psycopg.Connection, target: Target) -> sql.Identifier | None:
    """The part that holds the copy's rows."""
    row = connection.execute(_PARTS, [target.name.as_string()]).fetchone()
    return sql.Identifier(*row) if row else None


def publish(
    connection: psycopg.Connection,
    target: Target,
    part: sql.Identifier,
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Make `part` the copy's rows. Waits for readers, two seconds at a time, so that new readers never queue longer.

    Raises `psycopg.errors.LockNotAvailable` after a minute, and psycopg's error if a view forbids the change.
    """
    give_up = clock() + _LONGEST_WAIT
    while True:
        try:
            with connection.transaction():
                _swap(connection, target, part)
        except psycopg.errors.LockNotAvailable:
            if clock() > give_up:
                raise
            sleep(0.2)
        else:
            return


def _swap(connection: psycopg.Connection, target: Target, part: sql.Identifier) -> None:
    connection.execute("SELECT set_config('lock_timeout', %s, true)", [f"{round(_LOCK_SECONDS * 1000)}ms"])
    existing = existing_columns(connection, target)
    if existing is None:
        connection.execute(sql.SQL("CREATE TABLE {} ({})").format(target.name, target.definitions))
    else:
        # Readers plan after they get their lock; without ours, a plan could miss both the old part and the new one.
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(target.name))
        for old in connection.execute(_PARTS, [target.name.as_string()]).fetchall():
            connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(*old)))
        for change in _changes(existing, target):
            connection.execute(sql.SQL("ALTER TABLE {} {}").format(target.name, change))
    connection.execute(sql.SQL("ALTER TABLE {} INHERIT {}").format(part, target.name))


def _changes(existing: dict[str, str], target: Target) -> list[sql.Composed]:
    wanted = {column.name: column.type for column in target.columns}
    changes = [sql.SQL("DROP COLUMN {}").format(sql.Identifier(name)) for name in existing if name not in wanted]
    for name, spelt in wanted.items():
        quoted, kind = sql.Identifier(name), type_of(spelt)
        if name not in existing:
            changes.append(sql.SQL("ADD COLUMN {} {}").format(quoted, kind))
        elif existing[name] != spelt:
            # The table itself has no rows.
            changes.append(sql.SQL("ALTER COLUMN {} TYPE {} USING NULL").format(quoted, kind))
    return changes
