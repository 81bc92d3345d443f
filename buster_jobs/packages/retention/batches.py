"""Deletes and changes rows a few at a time, each batch a transaction so short that nobody waits long for its locks."""

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
"""A row's place in its table: every table has it, so that no rule needs to know keys."""
_NOT_HELD = text("ctid <> ALL (CAST(:held AS tid[]))")
_MOST_HELD = 10
"""So many single rows, one after the other, are not held by chance: deleting is slow itself."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of `table` that are `which`: to be deleted, or to lose their `reference`. Counted under `subject`."""

    subject: str
    table: Table
    which: ColumnElement[bool]
    reference: "Column[Any] | None" = None


def work_off(rows: Rows, pace: Pace, run_id: str) -> None:
    """Delete or change them all, but for those that somebody holds. Raises `OutOfTime`; `TimedOut`.

    What was done is done, whatever stops the rest: each batch is counted for `run_id` in its own transaction.
    """
    held, single = set[str](), 0
    while found := _find(rows, pace, held):
        done = _try_batch(rows, found, pace, run_id)
        if done is not None:
            single = 0
            if done < len(found):
                held.update(found)
        elif not pace.was_stopped():  # of one row already: somebody holds it, or something that hangs on it
            held.update(found)
            single += 1
            if single == _MOST_HELD:
                raise TimedOut(f"Not even single rows of {rows.table.name} could be deleted without a long lock.")


def _find(rows: Rows, pace: Pace, held: set[str]) -> list[str]:
    """Apart from the batch, because looking for rows may take its time and needs no locks. Without those `held`."""
    pace.check()
    query = select(cast(_CTID, Text)).select_from(rows.table).where(rows.which, _NOT_HELD).limit(pace.size)
    with transaction() as connection:
        return list(connection.scalars(query, {"held": list(held)}))


def _try_batch(rows: Rows, found: list[str], pace: Pace, run_id: str) -> int | None:
    """How many rows are done; None when it took too long and was rolled back."""
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
    """Each statement is a transaction that ends in the server, whenever this process gets to hear of it."""
    with get_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(_SETTINGS, {"limit": f"{STATEMENT_SECONDS * 1000:.0f}ms"})
        try:
            yield connection
        finally:
            connection.execute(text("RESET statement_timeout"))
            connection.execute(text("RESET synchronous_commit"))


# Not synchronous: a batch that a crash of the server undoes is done again, and locks are not held for a disk.
_SETTINGS = text(
    "SELECT set_config('statement_timeout', :limit, false), set_config('synchronous_commit', 'off', false)"
)


def _batch(connection: Connection, rows: Rows, found: list[str], run_id: str) -> int:
    chosen = _still_meant(rows, found)
    if rows.reference is not None:
        changing = update(rows.table).where(_CTID.in_(chosen)).values({rows.reference.name: None})
        return connection.execute(changing).rowcount
    size = func.pg_column_size(literal_column(f'"{rows.table.name}".*', Integer))
    gone = delete(rows.table).where(_CTID.in_(chosen)).returning(size.label("bytes")).cte("gone")
    count = select(func.count()).select_from(gone).add_cte(tally(run_id, rows.subject, gone).cte("tally"))
    return connection.scalar(count) or 0


def _still_meant(rows: Rows, found: list[str]) -> Select[str]:
    """A row may have changed since it was found, and its place may be another row's: so the condition holds again."""
    places = text("ctid = ANY (CAST(:places AS tid[]))").bindparams(places=found)
    chosen = select(_CTID).select_from(rows.table).where(places, rows.which)
    return chosen.with_for_update(skip_locked=True, of=rows.table).correlate(None)
