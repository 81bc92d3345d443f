"""Loads rows into a copy: all rows at once, all rows in batches, or changed rows. Readers never see half a load."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from buster_jobs.packages.database.sources.synced_tables import SyncedTable
from buster_jobs.packages.warehouse.publishing import current_part, publish
from buster_jobs.packages.warehouse.rows import Rows
from buster_jobs.packages.warehouse.target import Target, identifiers, new_part, part_named

BATCH = 64 << 20
"""About this many bytes are committed together; a sync that was killed continues after the last batch."""

_ALL = sys.maxsize

_UNIQUE = sql.SQL("CREATE UNIQUE INDEX ON {} ({}) NULLS NOT DISTINCT")
"""NULLS NOT DISTINCT, or else a row whose key has a NULL would be inserted again each time it is read."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """`written` rows were new or changed; the copy now has `row_count` rows."""

    written: int
    row_count: int


def load_whole(connection: psycopg.Connection, synced: SyncedTable, target: Target, rows: Rows) -> Loaded:
    """Copy all rows in one transaction: a sync that is killed leaves nothing behind."""
    part = new_part(synced)
    with connection.transaction():
        _create(connection, part, target)
        # FREEZE: readers whose transaction is older than the rows must see them too.
        count = _copy(connection, part, target, rows, "(FREEZE)")
        _drop_staged(connection, synced)
        publish(connection, target, part)
        _save(connection, synced, columns=Jsonb(target.describe()), cursor_value=None, staged=None, row_count=count)
    return Loaded(count, count)


def load_first(
    connection: psycopg.Connection, synced: SyncedTable, target: Target, rows: Rows, staged: "Staged"
) -> Loaded:
    """Copy all rows in the cursor's order, in batches that are committed, and publish them after the last one.

    `staged` is where an earlier sync stopped, or an empty part.
    """
    for batch in rows.batches(BATCH):
        with connection.transaction():
            _copy(connection, staged.part, target, batch)
    with connection.transaction():
        if target.key:
            if staged.since is not None:
                connection.execute(_superseded(staged.part, target))
            connection.execute(_UNIQUE.format(staged.part, identifiers(*target.key)))
        count = int(_scalar(connection, sql.SQL("SELECT count(*) FROM {}").format(staged.part)))
        newest = _scalar(connection, target.newest(staged.part))
        publish(connection, target, staged.part)
        _save(connection, synced, columns=Jsonb(target.describe()), cursor_value=newest, staged=None, row_count=count)
    return Loaded(count, count)


def load_changes(connection: psycopg.Connection, synced: SyncedTable, target: Target, rows: Rows, since: str) -> Loaded:
    """Merge rows from `since` on into the copy, in the cursor's order, in batches that are committed."""
    part = current_part(connection, target)
    if part is None:
        raise LookupError(f"The copy {target.table} has lost its rows.")
    with connection.transaction():  # a later full refresh must not continue from rows that may be deleted by then
        _drop_staged(connection, synced)
        _save(connection, synced, staged=None)
    connection.execute(sql.SQL("CREATE TEMP TABLE delta ({}) ON COMMIT DELETE ROWS").format(target.definitions))
    written, count = 0, synced.row_count or 0
    # Without a key, rows that are read again replace those read before, so all of them belong to one batch.
    for batch in rows.batches(BATCH if target.key else _ALL):
        with connection.transaction():
            _copy(connection, sql.Identifier("pg_temp", "delta"), target, batch)
            if not target.key:
                count -= _forget_since(connection, target, part, since)
            merged, added = _merge(connection, target, part)
            written, count = written + merged, count + added
            newest = _scalar(connection, target.newest(sql.Identifier("pg_temp", "delta")))
            if newest is not None:
                _save(connection, synced, cursor_value=newest, row_count=count)
    return Loaded(written, count)


@dataclass(frozen=True, slots=True)
class Staged:
    """The part of an unfinished first copy. `since` is its newest cursor value; None for an empty part."""

    part: sql.Identifier
    since: str | None


def staged_copy(connection: psycopg.Connection, synced: SyncedTable, target: Target) -> Staged:
    """The part that an earlier sync left, if its columns and cursor still fit; else a new, empty part."""
    plan = {"columns": target.describe(), "cursor": synced.cursor_column}
    held = synced.staged
    if held and held["plan"] == plan:
        part = part_named(held["part"])
        since = _scalar(connection, sql.SQL("SELECT max({})::text FROM {}").format(_cursor(target), part))
        if since is not None:
            # Rows with the newest value may be missing, so all of them are read again.
            with connection.transaction():
                connection.execute(_newer(part, target, since))
            return Staged(part, since)
    part = new_part(synced)
    with connection.transaction():
        _drop_staged(connection, synced)
        _create(connection, part, target)
        _save(connection, synced, staged=Jsonb({"part": _name(part), "plan": plan}))
    return Staged(part, None)


def _drop_staged(connection: psycopg.Connection, synced: SyncedTable) -> None:
    if synced.staged:
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(part_named(synced.staged["part"])))


def _cursor(target: Target) -> sql.Identifier:
    if target.cursor is None:
        raise LookupError(f"{target.table} has no cursor.")
    return sql.Identifier(target.cursor.name)


def _name(part: sql.Identifier) -> str:
    return part._obj[-1]  # pyright: ignore[reportPrivateUsage] - psycopg has no public way


def _create(connection: psycopg.Connection, part: sql.Identifier, target: Target) -> None:
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(part, target.definitions))


def _copy(
    connection: psycopg.Connection,
    part: sql.Identifier,
    target: Target,
    blocks: Iterable[bytes],
    options: LiteralString = "",
) -> int:
    statement = sql.SQL("COPY {} ({}) FROM STDIN {}").format(part, target.column_list, sql.SQL(options))
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in blocks:
                copy.write(block)
        return cursor.rowcount


def _superseded(part: sql.Identifier, target: Target) -> sql.Composed:
    """Deletes older versions of rows that were read twice, because they changed between two syncs of the first copy."""
    return sql.SQL(
        "DELETE FROM {part} WHERE ctid IN (SELECT ctid FROM (SELECT ctid, row_number() OVER "
        "(PARTITION BY {key} ORDER BY {cursor} DESC NULLS LAST) AS place FROM {part}) AS ranked WHERE place > 1)"
    ).format(part=part, key=identifiers(*target.key), cursor=_cursor(target))


def _merge(connection: psycopg.Connection, target: Target, part: sql.Identifier) -> tuple[int, int]:
    """The number of rows written, and how many of them were inserted."""
    insert = sql.SQL("INSERT INTO {} AS stored ({columns}) SELECT {columns} FROM pg_temp.delta").format(
        part, columns=target.column_list
    )
    if target.key:
        others = [column.name for column in target.columns if column.name not in target.key]
        sets = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in others)
        update = sql.SQL("UPDATE SET {} WHERE {}").format(sets, target.differs("stored", "excluded"))
        action = update if others else sql.SQL("NOTHING")
        insert = sql.SQL("{} ON CONFLICT ({}) DO {}").format(insert, identifiers(*target.key), action)
    counted = sql.SQL(
        "WITH merged AS ({} RETURNING stored.xmax = 0 AS added) "
        "SELECT count(*), count(*) FILTER (WHERE added) FROM merged"
    ).format(insert)
    row: Any = connection.execute(counted).fetchone()
    return row[0], row[1]


def _forget_since(connection: psycopg.Connection, target: Target, part: sql.Identifier, since: str) -> int:
    return connection.execute(_newer(part, target, since)).rowcount


def _newer(part: sql.Identifier, target: Target, since: str) -> sql.Composed:
    # A literal: with parameters, psycopg would read a % in a name as a placeholder.
    return sql.SQL("DELETE FROM {} WHERE {} >= {}").format(part, _cursor(target), sql.Literal(since))


def _save(connection: psycopg.Connection, synced: SyncedTable, **values: object) -> None:
    sets = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(n), sql.Placeholder(n)) for n in values)
    statement = sql.SQL("UPDATE buster.synced_tables SET {} WHERE id = %(id)s").format(sets)
    connection.execute(statement, {**values, "id": synced.id})


def _scalar(connection: psycopg.Connection, query: sql.Composed) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
