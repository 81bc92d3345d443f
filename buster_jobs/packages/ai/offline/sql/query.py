"""The query of a plan as sqlglot's syntax tree: every identifier is quoted, every value is a literal node."""

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Group, Measure, Plan, Ref
from buster_jobs.packages.ai.offline.sql.clocks import bucket_expressions
from buster_jobs.packages.ai.offline.sql.expressions import (
    aggregate_of,
    compared,
    condition_sql,
    measure_name,
    measure_sql,
    only_where,
)
from buster_jobs.packages.ai.offline.sql.joins import Joins
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.sql_names import quoted
from buster_jobs.packages.ai.schema.words import singular
from buster_jobs.packages.data_sources.catalog import Table

_PLACE = "place_in_group"
FIRST, LAST, CHANGE, CHANGE_PERCENT = "before", "after", "change", "change_percent"


class SqlBuilder:
    """Builds the query of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.joins = plan, Joins(plan.root)

    def build(self, *, limit: int | None = None, offset: int | None = None) -> exp.Select:
        """The query; `limit` replaces the plan's own limit. Raises ValueError when a clock cannot express a time."""
        plan = self.plan
        if plan.change:
            return self._changed()
        query = self._selected()
        if plan.outer is not None:
            return self._of_groups(self.joins.joined(query))
        if plan.rank is not None and plan.rank.within:
            return self._best_of_each(query, plan.rank.limit or 1)
        query = self.joins.joined(self._ordered(query.distinct() if plan.distinct else query))
        top = limit if limit is not None else plan.rank.limit if plan.rank else None
        query = query.limit(top, copy=False) if top is not None else query
        return query.offset(offset, copy=False) if offset is not None else query

    def _selected(self) -> exp.Select:
        plan, query = self.plan, exp.Select()
        grouping: list[exp.Expr] = []
        for group in plan.groups:
            shown, keys = self._group(group)
            query = query.select(*shown, append=True, copy=False)
            grouping += keys
        for index, measure in enumerate(plan.measures):
            query = query.select(*self._measure(measure, index), append=True, copy=False)
        for ref in plan.columns:
            query = query.select(self._named(ref), append=True, copy=False)
        query = self._filtered(query)
        if grouping and plan.measures:
            query = query.group_by(*grouping, copy=False)
        if plan.having is not None:
            operator, numbers = plan.having
            first = measure_sql(plan.measures[0], self.joins)
            query = query.having(compared(operator, first, numbers), copy=False)
        return query

    def _filtered(self, query: exp.Select) -> exp.Select:
        for condition in self.plan.filters:
            query = query.where(condition_sql(condition, self.joins), append=True, copy=False)
        periods = [
            exp.paren(condition_sql(period, self.joins)) for group in self.plan.groups for period in group.periods
        ]
        return query.where(exp.or_(*periods), append=True, copy=False) if periods else query

    def _named(self, ref: Ref) -> exp.Expr:
        column = self.joins.column(ref)
        if isinstance(ref.column, Derived):
            return exp.alias_(column, quoted(ref.column.name))
        if not ref.path:
            return column
        return exp.alias_(column, quoted(f"{_singular_table(ref.table)}_{ref.column.name}"))

    def _group(self, group: Group) -> tuple[list[exp.Expr], list[exp.Expr]]:
        if group.periods:
            case = exp.Case()
            for period in group.periods:
                label = period.moment.label()
                # Compared years are numbers, as years are where they group rows.
                years = all(other.moment.label().isdigit() for other in group.periods)
                shown = exp.Literal.number(label) if years else exp.Literal.string(label)
                case = case.when(condition_sql(period, self.joins), shown)
            return [exp.alias_(case, quoted("period"))], [case.copy()]
        if group.clock is not None and group.bucket is not None:
            pairs = bucket_expressions(group.clock, group.bucket, self.joins.column)
            return [exp.alias_(e, quoted(name)) for name, e in pairs], [e for _, e in pairs]
        keys: list[exp.Expr] = [self.joins.column(ref) for ref in dict.fromkeys((*group.keys, *group.refs))]
        return [self._named(ref) for ref in group.refs], keys

    def _measure(self, measure: Measure, index: int) -> list[exp.Expr]:
        extra: list[exp.Expr] = []
        if measure.aggregate in ("avg", "median") and measure.ref is not None:
            count = exp.Count(this=self.joins.column(measure.ref))
            extra = [exp.alias_(count, quoted(f"{measure.ref.column.name}_count"))]
        return [exp.alias_(measure_sql(measure, self.joins), quoted(measure_name(self.plan, index))), *extra]

    def _ordered(self, query: exp.Select) -> exp.Select:
        plan, rank = self.plan, self.plan.rank
        terms: list[exp.Expr] = []
        if rank is not None:
            key = self.joins.column(rank.ref) if rank.ref else exp.column(quoted(measure_name(plan, 0)))
            terms.append(exp.Ordered(this=key, desc=rank.descending, nulls_first=False))
        elif plan.measures and plan.groups and plan.groups[0].clock is None and not plan.groups[0].periods:
            terms.append(exp.Ordered(this=exp.column(quoted(measure_name(plan, 0))), desc=True, nulls_first=False))
        shown = len(query.selects) if plan.distinct else sum(len(self._group(group)[0]) for group in plan.groups)
        terms += [exp.Ordered(this=exp.Literal.number(n + 1), nulls_first=False) for n in range(shown)]
        if plan.columns and not plan.distinct:
            keys = [Ref((), plan.root, plan.root.column(name)) for name in plan.root.primary_key]
            terms += [exp.Ordered(this=self.joins.column(ref), nulls_first=False) for ref in keys]
        return query.order_by(*terms, copy=False) if terms else query

    def _of_groups(self, grouped: exp.Select) -> exp.Select:
        """The outer aggregate of the groups' numbers, and the number of groups."""
        plan = self.plan
        name = measure_name(plan, 0)
        count = exp.Count(this=exp.Star())
        inner = grouped.subquery(quoted("grouped"), copy=False)
        if plan.outer == "count" or plan.outer is None:
            return exp.select(exp.alias_(count, quoted("group_count"))).from_(inner)
        value = aggregate_of(plan.outer, exp.column(quoted(name)))
        shown = [exp.alias_(value, quoted(f"{plan.outer}_{name}")), exp.alias_(count, quoted("group_count"))]
        return exp.select(*shown).from_(inner)

    def _best_of_each(self, query: exp.Select, limit: int) -> exp.Select:
        """The first rows within each group; measures are ranked within all groups but the first."""
        plan, rank = self.plan, self.plan.rank
        if rank is None:
            raise TypeError(plan)
        outer = plan.groups[1:] if plan.measures else plan.groups
        keys = [key for group in outer for key in self._group(group)[1]]
        by = self.joins.column(rank.ref) if rank.ref else measure_sql(plan.measures[0], self.joins)
        own = [key for group in plan.groups[:1] for key in self._group(group)[1]] if plan.measures else []
        own += [] if plan.measures else [self.joins.root_column(name) for name in plan.root.primary_key]
        order = [exp.Ordered(this=by, desc=rank.descending, nulls_first=False)]
        order += [exp.Ordered(this=key, nulls_first=False) for key in own]
        place = exp.Window(this=exp.RowNumber(), partition_by=keys, order=exp.Order(expressions=order))
        names = [selected.alias_or_name for selected in query.selects]
        query = query.select(exp.alias_(place, quoted(_PLACE)), append=True, copy=False)
        inner = self.joins.joined(query).subquery(quoted("ranked"), copy=False)
        shown = [exp.column(quoted(name)) for name in names]
        at = sum(len(self._group(group)[0]) for group in plan.groups[:1]) if plan.measures else 0
        width = sum(len(self._group(group)[0]) for group in outer)
        sorted_by = [exp.column(quoted(name)) for name in (*names[at : at + width], _PLACE)]
        return (
            exp.select(*shown)
            .from_(inner)
            .where(exp.LTE(this=exp.column(quoted(_PLACE)), expression=exp.Literal.number(limit)))
            .order_by(*(exp.Ordered(this=column, nulls_first=False) for column in sorted_by))
        )

    def _changed(self) -> exp.Select:
        """The measure in both periods, the difference, and the difference in percent of the first."""
        periods = self.plan.groups[0].periods
        first, last = (
            only_where(measure_sql(self.plan.measures[0], self.joins), [condition_sql(period, self.joins)])
            for period in periods
        )
        change = exp.Sub(this=last.copy(), expression=first.copy())
        percent = exp.Mul(this=exp.Literal.number("100.0"), expression=exp.paren(change.copy()))
        zero = exp.func("NULLIF", first.copy(), exp.Literal.number(0))
        query = exp.select(
            exp.alias_(first, quoted(FIRST)), exp.alias_(last, quoted(LAST)), exp.alias_(change, quoted(CHANGE)),
            exp.alias_(exp.Div(this=percent, expression=zero), quoted(CHANGE_PERCENT)),
        )  # fmt: skip
        return self.joins.joined(self._filtered(query))


def _singular_table(table: Table) -> str:
    return singular(table.name) if table.name.islower() else table.name
