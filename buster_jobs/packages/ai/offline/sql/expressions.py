"""Conditions and measures of a plan as SQL expressions, and the names of measures in a result."""

from decimal import Decimal

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Measure, Plan, Related, TimeFilter
from buster_jobs.packages.ai.offline.reading.readings import Scalar
from buster_jobs.packages.ai.offline.sql.clocks import moment_condition
from buster_jobs.packages.ai.offline.sql.joins import Joins
from buster_jobs.packages.ai.schema.sql_names import column_of

_OPERATORS = {"=": exp.EQ, "<>": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}


_AGGREGATES = {"sum": exp.Sum, "avg": exp.Avg, "min": exp.Min, "max": exp.Max}


def condition_sql(condition: Condition, joins: Joins) -> exp.Expr:
    """The condition on rows of the root of `joins`. Raises ValueError when a clock cannot express it."""
    if isinstance(condition, Filter):
        return _filter(condition, joins)
    if isinstance(condition, TimeFilter):
        return moment_condition(condition.clock, condition.moment, joins.column)
    return _related(condition, joins)


def compared(op: str, left: exp.Expr, numbers: tuple[float, ...]) -> exp.Expr:
    """`left` compared with one number, or between two."""
    if op == "between":
        return exp.Between(this=left, low=literal(numbers[0]), high=literal(numbers[1]))
    return _OPERATORS[op](this=left, expression=literal(numbers[0]))


def literal(value: Scalar) -> exp.Expr:
    """The value as a literal."""
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, str):
        return exp.Literal.string(value)
    return exp.Literal.number(format(Decimal(str(value)).normalize(), "f"))


def _related(related: Related, joins: Joins) -> exp.Expr:
    inner = Joins(related.child, "_of_row")
    *before, last = related.path
    owner = inner.alias(tuple(before))
    pairs = zip(last.key.columns, last.key.referred_columns, strict=True)
    tests = [exp.EQ(this=column_of(owner, own), expression=joins.root_column(other)) for own, other in pairs]
    tests += [condition_sql(condition, inner) for condition in related.conditions]
    exists = exp.Exists(this=inner.joined(exp.select(exp.Literal.number(1)).where(exp.and_(*tests))))
    return exp.Not(this=exists) if related.negated else exists


def _filter(f: Filter, joins: Joins) -> exp.Expr:
    column = joins.column(f.ref)
    values = [literal(value) for value in f.values]
    match f.op:
        case "null":
            test: exp.Expr = exp.Is(this=column, expression=exp.Null())
        case "not null":
            test = exp.Not(this=exp.Is(this=column, expression=exp.Null()))
        case "between":
            test = exp.Between(this=column, low=values[0], high=values[1])
        case "in":
            test = exp.In(this=column, expressions=values)
        case _:
            test = _OPERATORS[f.op](this=column, expression=values[0])
    if not f.negated:
        return test
    if f.op in ("null", "not null"):
        return exp.Not(this=test)
    # "not" includes rows without a value.
    return exp.or_(exp.Not(this=exp.paren(test)), exp.Is(this=column.copy(), expression=exp.Null()))


def measure_sql(measure: Measure, joins: Joins) -> exp.Expr:
    """The expression of a measure."""
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
