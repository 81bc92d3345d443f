"""Replaces a table or view by a new materialized view in one short transaction.

Views that read the old one go on reading it: it is set aside, under another name, until nothing refers to it.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.errors import DependentObjectsStillExist, LockNotAvailable
from psycopg.sql import SQL, Composed, Identifier

from buster_jobs.packages.errors import Unavailable

ASIDE_SCHEMA = "buster_aside"
"""The schema of views under construction, and of replaced ones that are still read. A migration creates it."""
_LOCK_MILLISECONDS = 300
_TRIES = 20

Connection = psycopg.Connection[tuple[Any, ...]]
_KINDS = {"r": SQL("TABLE"), "p": SQL("TABLE"), "v": SQL("VIEW"), "m": SQL("MATERIALIZED VIEW")}


def temporary_name() -> str:
    """A name for a view under construction in `ASIDE_SCHEMA`."""
    return uuid4().hex


def replace_view(
    connection: Connection,
    made: str,
    schema: str,
    name: str,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Move the materialized view `made` from `ASIDE_SCHEMA` to its final name; drop the old one, or set it aside.

    Call it last in a transaction: readers are locked out from here to its end. Raises as `retry_until_unlocked`.
    """
    swap = partial(_swap, connection, made, schema, name)
    retry_until_unlocked(connection, swap, f"{name} could not be replaced", sleep=sleep)


def retry_until_unlocked(
    connection: Connection, change: Callable[[], None], failure: str, *, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Make a change that locks readers out, in a transaction. Raises `Unavailable` if readers hold the lock too long.

    Each try waits 0.3 s for the lock, so that new readers do not queue behind this change for longer.
    """
    for _ in range(_TRIES):
        try:
            with connection.transaction():
                connection.execute(SQL("SET LOCAL lock_timeout = {}").format(_LOCK_MILLISECONDS))
                change()
                return
        except LockNotAvailable:
            sleep(0.1)
    raise Unavailable(f"{failure}: it was read or refreshed all the time. Try again later.")


def drop_set_aside(connection: Connection) -> int:
    """Drop what was set aside and is no longer read. Returns the number. The connection must have autocommit."""
    dropped = 0
    while found := sum(_try_drop(connection, name, kind) for name, kind in _list_set_aside(connection)):
        dropped += found  # what these read may be unread now
    return dropped


def _swap(connection: Connection, made: str, schema: str, name: str) -> None:
    kind, place = _kind(connection, schema, name), Identifier(schema, name)
    old = uuid4().hex
    if kind is not None:
        _alter(connection, kind, place, SQL("RENAME TO {}").format(Identifier(old)))
        _alter(connection, kind, Identifier(schema, old), SQL("SET SCHEMA {}").format(Identifier(ASIDE_SCHEMA)))
    _alter(connection, "m", Identifier(ASIDE_SCHEMA, made), SQL("SET SCHEMA {}").format(Identifier(schema)))
    _alter(connection, "m", Identifier(schema, made), SQL("RENAME TO {}").format(Identifier(name)))
    if kind is not None:
        _try_drop(connection, old, kind)


def _alter(connection: Connection, kind: str, place: Identifier, change: Composed) -> None:
    connection.execute(SQL("ALTER {} {} {}").format(_KINDS[kind], place, change))


def _try_drop(connection: Connection, name: str, kind: str) -> bool:
    try:
        with connection.transaction():
            connection.execute(SQL("SET LOCAL lock_timeout = {}").format(_LOCK_MILLISECONDS))
            connection.execute(SQL("DROP {} IF EXISTS {}").format(_KINDS[kind], Identifier(ASIDE_SCHEMA, name)))
    except (DependentObjectsStillExist, LockNotAvailable):
        return False
    return True


def _kind(connection: Connection, schema: str, name: str) -> str | None:
    query = "SELECT relkind::text FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relname = %s"
    found = connection.execute(query, [Identifier(schema).as_string(), name]).fetchone()
    return None if found is None else found[0]


def _list_set_aside(connection: Connection) -> list[tuple[str, str]]:
    query = "SELECT relname, relkind::text FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = ANY(%s)"
    return [(name, kind) for name, kind in connection.execute(query, [ASIDE_SCHEMA, list(_KINDS)])]
