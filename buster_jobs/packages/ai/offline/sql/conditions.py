"""Conditions as SQL: comparisons, times, rows of another table that must or must not be there."""

from decimal import Decimal

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Related, TimeFilter
from buster_jobs.packages.ai.offline.reading.readings import Scalar
from buster_jobs.packages.ai.offline.sql.clocks import moment_condition
from buster_jobs.packages.ai.offline.sql.joins import Joins
from buster_jobs.packages.ai.schema.sql_names import column_of

OPERATORS = {"=": exp.EQ, "<>": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}


def condition_sql(condition: Condition, joins: Joins) -> exp.Expr:
    """The condition as seen from the root of `joins`. Raises ValueError when a clock cannot express it."""
    if isinstance(condition, Filter):
        return _filter(condition, joins)
    if isinstance(condition, TimeFilter):
        return moment_condition(condition.clock, condition.moment, joins.column)
    return _related(condition, joins)


def compared(op: str, left: exp.Expr, numbers: tuple[float, ...]) -> exp.Expr:
    """`left` compared with one number, or between two."""
    if op == "between":
        return exp.Between(this=left, low=literal(numbers[0]), high=literal(numbers[1]))
    return OPERATORS[op](this=left, expression=literal(numbers[0]))


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
            test = OPERATORS[f.op](this=column, expression=values[0])
    if not f.negated:
        return test
    if f.op in ("null", "not null"):
        return exp.Not(this=test)
    # What is not known to be so counts as not so.
    return exp.or_(exp.Not(this=exp.paren(test)), exp.Is(this=column.copy(), expression=exp.Null()))
