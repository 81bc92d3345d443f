"""Remarks on values that a plan takes from statistics: how long ago they were seen."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Plan, Related
from buster_jobs.packages.ai.schema.known_values import KnownValues
from buster_jobs.packages.ai.schema.statistics import age


def value_notes(plan: Plan, known: KnownValues) -> list[str]:
    """A sentence for each column with a value that the plan takes from statistics, with their age."""
    return list(dict.fromkeys(note for condition in _filters(plan) for note in _note(condition, known)))


def _note(condition: Filter, known: KnownValues) -> list[str]:
    table, column = condition.ref.table, condition.ref.column
    seen = [str(value) for value in condition.values if str(value) in (known.of(table, column) or ())]
    if condition.op not in ("=", "in") or not seen:
        return []
    then = age(known.looked_at(table), datetime.now(UTC))
    values = ", ".join(f"“{value}”" for value in seen)
    return [f"That {table.name}.{column.name} has {values} was seen {then} ago."]


def _filters(plan: Plan) -> Iterator[Filter]:
    yield from _flat(plan.filters)
    for measure in plan.measures:
        yield from _flat((*measure.conditions, *measure.others))


def _flat(conditions: Iterable[Condition]) -> Iterator[Filter]:
    for condition in conditions:
        if isinstance(condition, Filter):
            yield condition
        elif isinstance(condition, Related):
            yield from _flat(condition.conditions)
