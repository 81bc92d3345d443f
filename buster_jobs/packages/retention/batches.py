"""Deletes and changes rows in batches, each a transaction so short that its locks delay others little."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg.errors import QueryCanceled
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    cast,
    delete,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.server.engine import get_engine, transaction
from buster_jobs.packages.errors import TimedOut
from buster_jobs.packages.retention.pace import STATEMENT_SECONDS, Pace
from buster_jobs.packages.retention.tallies import tally

_CTID = literal_column("ctid", Text)
"""A row's physical location: every table has it, so rules need not know keys."""
_NOT_HELD = text("ctid <> ALL (CAST(:held AS tid[]))")
_MOST_HELD = 10
"""If so many single rows in a row time out, the cause is slow deletion rather than locks of others."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of `table` that are `which`: deleted, or with `reference` set to NULL. Counted under `subject`."""

    subject: str
    table: Table
    which: ColumnElement[bool]
    reference: "Column[Any] | None" = None


def delete_in_batches(rows: Rows, pace: Pace, run_id: str) -> None:
    """Delete or change the rows, except those that other transactions hold. Raises `OutOfTime`; `TimedOut`.

    Each batch is committed, with its count for `run_id`, whatever stops the rest.
    """
    held, single = set[str](), 0
    while found := _find(rows, pace, held):
        done = _try_batch(rows, found, pace, run_id)
        if done is not None:
            single = 0
            if done < len(found):
                held.update(found)
        elif not pace.was_stopped():  # a single row: another transaction holds it, or a row that refers to it
            held.update(found)
            single += 1
            if single == _MOST_HELD:
                raise TimedOut(f"Not even single rows of {rows.table.name} could be deleted without a long lock.")


def _find(rows: Rows, pace: Pace, held: set[str]) -> list[str]:
    """Find the rows of the next batch, without those `held`. It may take long, and needs no locks."""
    pace.check()
    query = select(cast(_CTID, Text)).select_from(rows.table).where(rows.which, _NOT_HELD).limit(pace.size)
    with transaction() as connection:
        return list(connection.scalars(query, {"held": list(held)}))


def _try_batch(rows: Rows, found: list[str], pace: Pace, run_id: str) -> int | None:
    """The number of rows done; None if the batch took too long and was rolled back."""
    try:
        with _quick_connection() as connection:
            began = time.monotonic()
            done = _batch(connection, rows, found, run_id)
            seconds = time.monotonic() - began
    except DBAPIError as error:
        if not isinstance(error.orig, QueryCanceled):
            raise
        return None
    pace.took(seconds)
    return done


@contextmanager
def _quick_connection() -> Generator[Connection]:
    """A connection on which each statement is a transaction that the server ends, however slow this process is."""
    with get_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(_SETTINGS, {"limit": f"{STATEMENT_SECONDS * 1000:.0f}ms"})
        try:
            yield connection
        finally:
            connection.execute(text("RESET statement_timeout"))
            connection.execute(text("RESET synchronous_commit"))


# Asynchronous commit: locks are not held for the disk, and a batch that a crash of the server undoes is repeated.
_SETTINGS = text(
    "SELECT set_config('statement_timeout', :limit, false), set_config('synchronous_commit', 'off', false)"
)


def _batch(connection: Connection, rows: Rows, found: list[str], run_id: str) -> int:
    chosen = _still_matching(rows, found)
    if rows.reference is not None:
        changing = update(rows.table).where(_CTID.in_(chosen)).values({rows.reference.name: None})
        return connection.execute(changing).rowcount
    size = func.pg_column_size(literal_column(f'"{rows.table.name}".*', Integer))
    gone = delete(rows.table).where(_CTID.in_(chosen)).returning(size.label("bytes")).cte("gone")
    count = select(func.count()).select_from(gone).add_cte(tally(run_id, rows.subject, gone).cte("tally"))
    return connection.scalar(count) or 0


def _still_matching(rows: Rows, found: list[str]) -> Select[str]:
    """Checks the condition again: a row may have changed since, and its location may hold another row."""
    places = text("ctid = ANY (CAST(:places AS tid[]))").bindparams(places=found)
    chosen = select(_CTID).select_from(rows.table).where(places, rows.which)
    return chosen.with_for_update(skip_locked=True, of=rows.table).correlate(None)
