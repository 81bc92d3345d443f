"""Loading rows into the warehouse, whole or by what is new. Nobody ever sees a copy that is half loaded."""

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
"""Bytes that are committed together, about, where a sync that is killed goes on from the last batch."""

_ALL = sys.maxsize

_UNIQUE = sql.SQL("CREATE UNIQUE INDEX ON {} ({}) NULLS NOT DISTINCT")
"""Else a row whose key has a null would be added anew whenever it is read again."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the rows that were read: `written` are those that were new or different."""

    written: int
    row_count: int


def load_whole(connection: psycopg.Connection, synced: SyncedTable, target: Target, rows: Rows) -> Loaded:
    """Copy all rows in one transaction: whoever dies on the way leaves nothing."""
    part = new_part(synced)
    with connection.transaction():
        _create(connection, part, target)
        # Frozen rows are visible also to who reads in a transaction that is older than they are.
        count = _copy(connection, part, target, rows, "(FREEZE)")
        _drop_staged(connection, synced)
        publish(connection, target, part)
        _save(connection, synced, columns=Jsonb(target.describe()), cursor_value=None, staged=None, row_count=count)
    return Loaded(count, count)


def load_first(
    connection: psycopg.Connection, synced: SyncedTable, target: Target, rows: Rows, staged: "Staged"
) -> Loaded:
    """Copy all rows, in the cursor's order, in batches that are committed; nobody sees them before the last.

    `staged` is what an earlier sync left, or the beginning.
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
    """Merge rows that are as new as `since` into the copy, in the cursor's order, in batches that are committed."""
    part = current_part(connection, target)
    if part is None:
        raise LookupError(f"The copy {target.table} has lost its rows.")
    with connection.transaction():  # a later full refresh must not go on from rows that were deleted since
        _drop_staged(connection, synced)
        _save(connection, synced, staged=None)
    connection.execute(sql.SQL("CREATE TEMP TABLE delta ({}) ON COMMIT DELETE ROWS").format(target.definitions))
    written, count = 0, synced.row_count or 0
    # Without a key, rows that are read again replace those that were read before, all at once.
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
    """A first copy under way. `since` is the newest value of the cursor that it holds, if it was begun earlier."""

    part: sql.Identifier
    since: str | None


def staged_copy(connection: psycopg.Connection, synced: SyncedTable, target: Target) -> Staged:
    """What an earlier sync has copied already, if it fits; else an empty part, in place of what does not."""
    plan = {"columns": target.describe(), "cursor": synced.cursor_column}
    held = synced.staged
    if held and held["plan"] == plan:
        part = part_named(held["part"])
        since = _scalar(connection, sql.SQL("SELECT max({})::text FROM {}").format(_cursor(target), part))
        if since is not None:
            # Of the newest value there may be rows that had not come yet.
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
    """Rows that changed between two parts of the first copy came twice: the newer stays."""
    return sql.SQL(
        "DELETE FROM {part} WHERE ctid IN (SELECT ctid FROM (SELECT ctid, row_number() OVER "
        "(PARTITION BY {key} ORDER BY {cursor} DESC NULLS LAST) AS place FROM {part}) AS ranked WHERE place > 1)"
    ).format(part=part, key=identifiers(*target.key), cursor=_cursor(target))


def _merge(connection: psycopg.Connection, target: Target, part: sql.Identifier) -> tuple[int, int]:
    """How many rows were written, and how many of them were not there before."""
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
    # A literal, not a parameter: beside one, a % in a name would be read as another.
    return sql.SQL("DELETE FROM {} WHERE {} >= {}").format(part, _cursor(target), sql.Literal(since))


def _save(connection: psycopg.Connection, synced: SyncedTable, **values: object) -> None:
    sets = sql.SQL(", ").join(sql.SQL("{} = {}").format(sql.Identifier(n), sql.Placeholder(n)) for n in values)
    statement = sql.SQL("UPDATE buster.synced_tables SET {} WHERE id = %(id)s").format(sets)
    connection.execute(statement, {**values, "id": synced.id})


def _scalar(connection: psycopg.Connection, query: sql.Composed) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
