"""Times without a year: "since March" means the last March in the data, "in June" may also mean June of every year."""

from dataclasses import replace
from datetime import date, datetime

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Condition, Plan, Related, TimeFilter
from buster_jobs.packages.ai.offline.reading.relative_times import years_resolved
from buster_jobs.packages.ai.schema.clocks import Clock
from buster_jobs.packages.ai.schema.sql_names import column_of, table_as
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import BusterError, Unavailable

_OPEN = frozenset({"before", "after", "since", "until"})
_SECONDS = 10.0


class MissingYears:
    """Adds years, by how far the data reach. Each clock is asked once; data after `today` count as of today."""

    def __init__(self, source: DataSource, today: date) -> None:
        self.source, self.today = source, today
        self._known: dict[tuple[str, str, str], date | None] = {}

    def readings(self, plan: Plan) -> list[Plan]:
        """The plan unchanged, the plan with years, or both when both can be meant."""
        found = [condition for condition in _times(plan) if _open_year(condition)]
        if not found or any(group.bucket == "year" for group in plan.groups):
            return [plan]
        dated = {condition: self._dated(condition) for condition in found}
        resolved = _replaced(plan, dated)
        must = any(group.periods for group in plan.groups) or any(
            condition.moment.relation in _OPEN for condition in found
        )
        return [resolved] if must else [plan, resolved]

    def latest(self, clock: Clock) -> date | None:
        """The last day with a row; None when there is no row, or the query fails. Raises `Unavailable`."""
        name = clock.column.name if clock.column else ""
        key = (clock.table.schema, clock.table.name, name)
        if key not in self._known:
            self._known[key] = self._ask(clock)
        return self._known[key]

    def _dated(self, condition: TimeFilter) -> TimeFilter:
        latest = min(self.latest(condition.clock) or self.today, self.today)
        return replace(condition, moment=years_resolved(condition.moment, latest))

    def _ask(self, clock: Clock) -> date | None:
        query = exp.select(exp.alias_(exp.Max(this=_stamp(clock)), "latest")).from_(
            table_as(clock.table, clock.table.name)
        )
        try:
            rows = self.source.query(query.sql(dialect=self.source.dialect), max_rows=1, timeout=_SECONDS).rows
        except Unavailable:
            raise
        except BusterError:
            return None
        return _day(rows[0][0]) if rows else None


def _stamp(clock: Clock) -> exp.Expr:
    if clock.column is not None:
        return column_of(clock.table.name, clock.column.name)
    stamp: exp.Expr = exp.Literal.number(0)
    for name, weight in (("year", 10_000), ("month", 100), ("day", 1)):
        part = clock.part(name)
        if part is not None:
            own = column_of(clock.table.name, part.name)
            stamp = exp.Add(this=stamp, expression=exp.Mul(this=own, expression=exp.Literal.number(weight)))
    return stamp


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and value >= 10_000:
        return date(value // 10_000, max(1, value // 100 % 100), max(1, value % 100))
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        return None


def _open_year(condition: TimeFilter) -> bool:
    clock = condition.clock
    return condition.moment.yearless and (clock.column is not None or clock.part("year") is not None)


def _times(plan: Plan) -> list[TimeFilter]:
    conditions: list[Condition] = [*plan.filters, *(c for measure in plan.measures for c in measure.conditions)]
    conditions += [inner for c in conditions if isinstance(c, Related) for inner in c.conditions]
    conditions += [period for group in plan.groups for period in group.periods]
    return [condition for condition in conditions if isinstance(condition, TimeFilter)]


def _replaced(plan: Plan, dated: dict[TimeFilter, TimeFilter]) -> Plan:
    def turned(condition: Condition) -> Condition:
        if isinstance(condition, Related):
            return replace(condition, conditions=tuple(turned(inner) for inner in condition.conditions))
        return dated.get(condition, condition) if isinstance(condition, TimeFilter) else condition

    measures = tuple(replace(m, conditions=tuple(turned(c) for c in m.conditions)) for m in plan.measures)
    groups = tuple(replace(g, periods=tuple(dated.get(period, period) for period in g.periods)) for g in plan.groups)
    return replace(plan, measures=measures, groups=groups, filters=tuple(turned(c) for c in plan.filters))
