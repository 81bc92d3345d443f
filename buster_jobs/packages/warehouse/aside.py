"""Puts a new table or view in the place of an old one, in a moment, while others read.

What is made of the old one goes on reading it: it is set aside, under another name, until nothing refers to it.
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

ASIDE = "buster_aside"
"""The schema of what is being made, and of what was replaced and is still read. A migration makes it."""
_LOCK_MILLISECONDS = 300
_TRIES = 20

Connection = psycopg.Connection[tuple[Any, ...]]
_KINDS = {"r": SQL("TABLE"), "p": SQL("TABLE"), "v": SQL("VIEW"), "m": SQL("MATERIALIZED VIEW")}


def new_name() -> str:
    """For what is being made in the schema `ASIDE`."""
    return uuid4().hex


def put_in_place(
    connection: Connection,
    made: str,
    schema: str,
    name: str,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Move the materialized view `made` from `ASIDE` to its place; what is there goes aside, or away if it is not read.

    Within the caller's transaction, as its last act: from here on to its end nobody can read. Raises as `patiently`.
    """
    swap = partial(_swap, connection, made, schema, name)
    patiently(connection, swap, f"{name} could not be replaced", sleep=sleep)


def patiently(
    connection: Connection, change: Callable[[], None], failure: str, *, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Make a change, in a transaction, that nobody can read beside. Raises `Unavailable` when somebody always does.

    Whoever reads now is waited for, a little at a time, so that those who come later do not queue behind us.
    """
    for _ in range(_TRIES):
        try:
            with connection.transaction():
                connection.execute(SQL("SET LOCAL lock_timeout = {}").format(_LOCK_MILLISECONDS))
                change()
                return
        except LockNotAvailable:
            sleep(0.1)
    raise Unavailable(f"{failure}: somebody has been reading or refreshing it all the time. Try again later.")


def drop_aside(connection: Connection) -> int:
    """Drop what was set aside and is not read any more; answers with the number. For a connection with autocommit."""
    dropped = 0
    while found := sum(_try_drop(connection, name, kind) for name, kind in _set_aside(connection)):
        dropped += found  # what read it may be free now
    return dropped


def _swap(connection: Connection, made: str, schema: str, name: str) -> None:
    kind, place = _kind(connection, schema, name), Identifier(schema, name)
    old = uuid4().hex
    if kind is not None:
        _alter(connection, kind, place, SQL("RENAME TO {}").format(Identifier(old)))
        _alter(connection, kind, Identifier(schema, old), SQL("SET SCHEMA {}").format(Identifier(ASIDE)))
    _alter(connection, "m", Identifier(ASIDE, made), SQL("SET SCHEMA {}").format(Identifier(schema)))
    _alter(connection, "m", Identifier(schema, made), SQL("RENAME TO {}").format(Identifier(name)))
    if kind is not None:
        _try_drop(connection, old, kind)


def _alter(connection: Connection, kind: str, place: Identifier, change: Composed) -> None:
    connection.execute(SQL("ALTER {} {} {}").format(_KINDS[kind], place, change))


def _try_drop(connection: Connection, name: str, kind: str) -> bool:
    try:
        with connection.transaction():
            connection.execute(SQL("SET LOCAL lock_timeout = {}").format(_LOCK_MILLISECONDS))
            connection.execute(SQL("DROP {} IF EXISTS {}").format(_KINDS[kind], Identifier(ASIDE, name)))
    except (DependentObjectsStillExist, LockNotAvailable):
        return False
    return True


def _kind(connection: Connection, schema: str, name: str) -> str | None:
    query = "SELECT relkind::text FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relname = %s"
    found = connection.execute(query, [Identifier(schema).as_string(), name]).fetchone()
    return None if found is None else found[0]


def _set_aside(connection: Connection) -> list[tuple[str, str]]:
    query = "SELECT relname, relkind::text FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = ANY(%s)"
    return [(name, kind) for name, kind in connection.execute(query, [ASIDE, list(_KINDS)])]
