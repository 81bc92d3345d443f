"""Looking at tables and views of the warehouse one by one, for the checks of both. What is right is theirs to say."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.sql import SQL, Identifier

from buster_jobs.packages.check_results import CheckResult, of_findings
from buster_jobs.packages.database.server.engine import own_connection

Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

QUERY_SECONDS = 60
"""What takes longer is too large to be looked at after every sync."""


def looking_connection() -> Connection:
    """A connection whose queries end in time; the caller closes it."""
    connection = own_connection()
    connection.execute(SQL("SET statement_timeout = {}").format(QUERY_SECONDS * 1000))
    return connection


def look_at_each(
    things: Sequence[T], name: Callable[[T], str], look: Callable[[T], str | None], *, what: str, warning: bool = False
) -> CheckResult:
    """The result of a check of many `what` ("tables"); `look` says what is wrong with one, after its name."""
    found: list[str] = []
    too_large = 0
    for thing in things:
        try:
            said = look(thing)
        except psycopg.errors.QueryCanceled:
            too_large += 1
        else:
            found += [f"{name(thing)} {said}"] if said else []
    return of_findings(found, len(things), what, too_large=too_large, warning=warning)


def not_unique(connection: Connection, place: Identifier, key: Sequence[str]) -> str | None:
    """Whether rows share a key, which also an index allows where it has a null."""
    if not key:
        return None
    columns = SQL(", ").join(map(Identifier, key))
    query = SQL("SELECT 1 FROM {} GROUP BY {} HAVING count(*) > 1 LIMIT 1").format(place, columns)
    return f"has rows that are the same by {', '.join(key)}." if connection.execute(query).fetchone() else None


def without_key(connection: Connection, place: Identifier, key: Sequence[str]) -> str | None:
    """Whether a row lacks a column of its key."""
    for column in key:
        query = SQL("SELECT 1 FROM {} WHERE {} IS NULL LIMIT 1").format(place, Identifier(column))
        if connection.execute(query).fetchone():
            return f"has rows without {column}, which is of its key."
    return None
