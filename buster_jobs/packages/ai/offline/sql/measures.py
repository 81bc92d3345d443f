"""Measures as SQL, and what their columns are called."""

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Condition, Measure, Plan
from buster_jobs.packages.ai.offline.sql.conditions import condition_sql
from buster_jobs.packages.ai.offline.sql.joins import Joins

_AGGREGATES = {"sum": exp.Sum, "avg": exp.Avg, "min": exp.Min, "max": exp.Max}


def measure_sql(measure: Measure, joins: Joins) -> exp.Expr:
    """The measure of one group."""
    if measure.aggregate in ("share", "ratio"):
        return _share(measure, joins)
    if measure.ref is None:
        return exp.Count(this=exp.Star())
    column = joins.column(measure.ref)
    if measure.aggregate in ("count", "distinct"):
        return exp.Count(this=exp.Distinct(expressions=[column]))
    return aggregate_of(measure.aggregate, column)


def aggregate_of(aggregate: str, column: exp.Expr) -> exp.Expr:
    """sum, avg, min, max or median of an expression."""
    if aggregate == "median":
        order = exp.Order(expressions=[exp.Ordered(this=column, nulls_first=False)])
        half = exp.PercentileCont(this=exp.Literal.number("0.5"))
        return exp.WithinGroup(this=half, expression=order)
    return _AGGREGATES[aggregate](this=column)


def only_where(aggregate: exp.Expr, tests: list[exp.Expr]) -> exp.Expr:
    """The aggregate of the rows that pass the tests."""
    return exp.Filter(this=aggregate, expression=exp.Where(this=exp.and_(*tests)))


def measure_name(plan: Plan, index: int) -> str:
    """The name of a measure's column in the result."""
    measure = plan.measures[index]
    if measure.aggregate == "share":
        return "share_percent"
    if measure.aggregate == "ratio":
        return "ratio"
    if measure.ref is None or (measure.aggregate == "distinct" and measure.ref.path == () and plan.counted):
        return f"{(plan.counted or plan.root).name}_count"
    names = {"distinct": "distinct", "count": "distinct", "sum": "total", "avg": "average"}
    return f"{names.get(measure.aggregate, measure.aggregate)}_{measure.ref.column.name}"


def _share(measure: Measure, joins: Joins) -> exp.Expr:
    def whole() -> exp.Expr:
        return exp.Sum(this=joins.column(measure.ref)) if measure.ref else exp.Count(this=exp.Star())

    def part(conditions: tuple[Condition, ...]) -> exp.Expr:
        return only_where(whole(), [condition_sql(c, joins) for c in conditions])

    if measure.aggregate == "ratio":
        return _over(exp.Mul(this=exp.Literal.number("1.0"), expression=part(measure.conditions)), part(measure.others))
    counted = part(measure.conditions) if measure.conditions else whole()
    total = whole() if measure.conditions else exp.Window(this=exp.Sum(this=whole()))
    return _over(exp.Mul(this=exp.Literal.number("100.0"), expression=counted), total)


def _over(part: exp.Expr, whole: exp.Expr) -> exp.Expr:
    return exp.Div(this=part, expression=exp.func("NULLIF", whole, exp.Literal.number(0)))
