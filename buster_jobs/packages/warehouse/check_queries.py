"""Queries that the checks of copied tables and of views share, with a time limit for each table."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.sql import SQL, Identifier

from buster_jobs.packages.check_results import CheckResult, of_findings
from buster_jobs.packages.database.server.engine import own_connection

Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

QUERY_SECONDS = 60
"""A table whose query takes longer is too large to be checked after every sync."""


def check_connection() -> Connection:
    """A connection whose queries end after `QUERY_SECONDS`. The caller closes it."""
    connection = own_connection()
    connection.execute(SQL("SET statement_timeout = {}").format(QUERY_SECONDS * 1000))
    return connection


def check_each(
    things: Sequence[T], name: Callable[[T], str], check: Callable[[T], str | None], *, what: str, warning: bool = False
) -> CheckResult:
    """Check many `what` ("tables"). `check` returns what is wrong with one, as the rest of a sentence, or None."""
    found: list[str] = []
    too_large = 0
    for thing in things:
        try:
            said = check(thing)
        except psycopg.errors.QueryCanceled:
            too_large += 1
        else:
            found += [f"{name(thing)} {said}"] if said else []
    return of_findings(found, len(things), what, too_large=too_large, warning=warning)


def find_duplicate_keys(connection: Connection, place: Identifier, key: Sequence[str]) -> str | None:
    """What to say if rows share a key: a unique index allows that where a column of it is NULL."""
    if not key:
        return None
    columns = SQL(", ").join(map(Identifier, key))
    query = SQL("SELECT 1 FROM {} GROUP BY {} HAVING count(*) > 1 LIMIT 1").format(place, columns)
    return f"has rows that are the same by {', '.join(key)}." if connection.execute(query).fetchone() else None


def find_missing_keys(connection: Connection, place: Identifier, key: Sequence[str]) -> str | None:
    """What to say if a row lacks a column of its key."""
    for column in key:
        query = SQL("SELECT 1 FROM {} WHERE {} IS NULL LIMIT 1").format(place, Identifier(column))
        if connection.execute(query).fetchone():
            return f"has rows without {column}, which is of its key."
    return None
