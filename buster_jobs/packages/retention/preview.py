"""What the clean-up would delete now. Reads only, so counting takes its time and locks nothing."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.retention.cleaning import going, table_of
from buster_jobs.packages.retention.dependents import dependents
from buster_jobs.packages.retention.policies import days_of, expired
from buster_jobs.packages.retention.rule import Rule
from buster_jobs.packages.retention.rules import RULES
from buster_jobs.packages.retention.values import Expired


def preview() -> list[Expired]:
    """Every rule of our own tables, in the order in which they are applied."""
    return [_expired(rule) for rule in RULES]


def _expired(rule: Rule) -> Expired:
    with session() as opened:
        rows, oldest, newest = opened.execute(
            select(func.count(), func.min(rule.age), func.max(rule.age)).select_from(rule.model).where(going(rule))
        ).one()
        aged = opened.scalar(select(func.count()).select_from(rule.model).where(expired(rule))) or 0
        with_them = _with_them(opened, rule) if rule.with_others and rows else {}
    return Expired(rule.name, days_of(rule.name), rows, aged - rows, oldest, newest, with_them)


def _with_them(opened: Session, rule: Rule) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in dependents(table_of(rule), going(rule)):
        if found.reference is None:
            count = opened.scalar(select(func.count()).select_from(found.table).where(found.which)) or 0
            counts[found.table.name] = counts.get(found.table.name, 0) + count
    return {name: count for name, count in counts.items() if count}
