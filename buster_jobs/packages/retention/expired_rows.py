"""The expired rows of our own tables, rule by rule: counted for a preview, or deleted.

A preview reads only, so its counts may take their time and lock nothing.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from buster_jobs.packages.database.model_base import SCHEMA, Base
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.retention.batches import Rows, delete_in_batches
from buster_jobs.packages.retention.pace import Pace
from buster_jobs.packages.retention.policies import days_of, expired
from buster_jobs.packages.retention.rule import Rule
from buster_jobs.packages.retention.rules import RULES
from buster_jobs.packages.retention.values import Expired


def preview() -> list[Expired]:
    """What every rule would delete now, in the order in which rules are applied."""
    return [_expired(rule) for rule in RULES]


def clean(run_id: str, pace: Pace) -> None:
    """Apply every rule to our own tables; what was freed is counted for `run_id`. Raises `OutOfTime`; `TimedOut`."""
    for rule in RULES:
        for rows in _rows(rule):
            delete_in_batches(rows, pace, run_id)
        logging.getLogger(__name__).info("Cleaned up by the rule %s.", rule.name)


def _expired(rule: Rule) -> Expired:
    with session() as opened:
        rows, oldest, newest = opened.execute(
            select(func.count(), func.min(rule.age), func.max(rule.age)).select_from(rule.model).where(_deletable(rule))
        ).one()
        aged = opened.scalar(select(func.count()).select_from(rule.model).where(expired(rule))) or 0
        with_them = _with_them(opened, rule) if rule.cascades and rows else {}
    return Expired(rule.name, days_of(rule.name), rows, aged - rows, oldest, newest, with_them)


def _with_them(opened: Session, rule: Rule) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in _dependents(_table(rule), _deletable(rule)):
        if found.reference is None:
            count = opened.scalar(select(func.count()).select_from(found.table).where(found.which)) or 0
            counts[found.table.name] = counts.get(found.table.name, 0) + count
    return {name: count for name, count in counts.items() if count}


def _rows(rule: Rule) -> Iterator[Rows]:
    table, which = _table(rule), _deletable(rule)
    if rule.cascades:
        for found in _dependents(table, which):
            yield Rows(f"{rule.name}/{found.table.name}", found.table, found.which, found.reference)
    yield Rows(rule.name, table, which)


def _deletable(rule: Rule) -> ColumnElement[bool]:
    """The condition under which a row is deleted now: it has expired, and nothing live refers to it."""
    return and_(expired(rule), not_(or_(*rule.in_use))) if rule.in_use else expired(rule)


def _table(rule: Rule) -> Table[Any]:
    return Base.metadata.tables[f"{SCHEMA}.{rule.model.__tablename__}"]


@dataclass(frozen=True, slots=True)
class _Dependents:
    """The rows of `table` that are `which`: deleted with the rows they refer to, or only losing their `reference`."""

    table: Table
    which: ColumnElement[bool]
    reference: "Column[object] | None" = None


def _dependents(table: Table, which: ColumnElement[bool]) -> Iterator[_Dependents]:
    """The rows that refer to those rows of `table` by foreign key, in the order in which they can be deleted."""
    for child in Base.metadata.sorted_tables:
        for key in child.foreign_keys:
            if child is table or key.column.table is not table:
                continue
            theirs = key.parent.in_(select(key.column).where(which).correlate(None))
            if key.ondelete == "CASCADE":
                yield from _dependents(child, theirs)
                yield _Dependents(child, theirs)
            else:
                yield _Dependents(child, theirs, key.parent)
