"""Deletes what preview.py shows, rule by rule."""

import logging
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, not_, or_

from buster_jobs.packages.database.model_base import SCHEMA, Base
from buster_jobs.packages.retention.batches import Rows, work_off
from buster_jobs.packages.retention.dependents import dependents
from buster_jobs.packages.retention.pace import Pace
from buster_jobs.packages.retention.policies import expired
from buster_jobs.packages.retention.rule import Rule
from buster_jobs.packages.retention.rules import RULES


def clean(run_id: str, pace: Pace) -> None:
    """Apply every rule to our own tables; what was freed is counted for `run_id`. Raises `OutOfTime`; `TimedOut`."""
    for rule in RULES:
        for rows in _rows(rule):
            work_off(rows, pace, run_id)
        logging.getLogger(__name__).info("Cleaned up by the rule %s.", rule.name)


def going(rule: Rule) -> ColumnElement[bool]:
    """That a row is to be deleted now: its time has passed, and nothing live refers to it."""
    return and_(expired(rule), not_(or_(*rule.in_use))) if rule.in_use else expired(rule)


def table_of(rule: Rule) -> Table[Any]:
    """The table that the rule is about."""
    return Base.metadata.tables[f"{SCHEMA}.{rule.model.__tablename__}"]


def _rows(rule: Rule) -> Iterator[Rows]:
    table, which = table_of(rule), going(rule)
    if rule.with_others:
        for found in dependents(table, which):
            yield Rows(f"{rule.name}/{found.table.name}", found.table, found.which, found.reference)
    yield Rows(rule.name, table, which)
