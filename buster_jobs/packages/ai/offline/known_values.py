"""Values of columns that are known without a look-up, because a sync saw them all. Reads no database."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from buster_jobs.packages.ai.offline.plan import Condition, Filter, Plan, Related
from buster_jobs.packages.ai.statistics import KeptStatistics, Statistics, age
from buster_jobs.packages.data_sources.catalog import Column, Table

_FRESH = timedelta(days=2)
"""Tables are looked at every night, and a night may be missed. What is older is looked up in the data source."""


class KnownValues:
    """What syncs have kept of the tables that the member may see."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics

    def fetch(self, tables: Iterable[Table]) -> None:
        """Have what is known of the tables read at once, before it is asked for column by column."""
        if isinstance(self._statistics, KeptStatistics):
            self._statistics.fetch((table.schema, table.name) for table in tables)

    def of(self, table: Table, column: Column) -> tuple[str, ...] | None:
        """All values of the column when its table was looked at; None where that is not known."""
        known = self._statistics.get((table.schema, table.name))
        if known is None or datetime.now(UTC) - known.looked_at > _FRESH or column.name not in known.columns:
            return None
        return known.columns[column.name].all_values

    def notes(self, plan: Plan) -> list[str]:
        """A sentence for each column of which the plan uses a value that is known from then, not from now."""
        return list(dict.fromkeys(note for condition in _filters(plan) for note in self._note(condition)))

    def _note(self, condition: Filter) -> list[str]:
        table, column = condition.ref.table, condition.ref.column
        seen = [str(value) for value in condition.values if str(value) in (self.of(table, column) or ())]
        if condition.op not in ("=", "in") or not seen:
            return []
        then = age(self._statistics[table.schema, table.name].looked_at, datetime.now(UTC))
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
