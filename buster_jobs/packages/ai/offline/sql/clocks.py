"""Conditions on a clock and buckets of it as SQL, for one date column or integer columns for year, month, day."""

from collections.abc import Callable
from datetime import date

from sqlglot import exp

from buster_jobs.packages.ai.offline.plans.plan import Ref
from buster_jobs.packages.ai.offline.reading.times import Bucket, Moment, Partial
from buster_jobs.packages.ai.schema.clocks import Clock

Columns = Callable[[Ref], exp.Expr]
_FIELDS = {"year": "YEAR", "quarter": "QUARTER", "month": "MONTH", "day": "DAY", "hour": "HOUR", "weekday": "ISODOW"}
_WEIGHTS = {"year": 10_000, "month": 100, "day": 1}


def moment_condition(clock: Clock, moment: Moment, columns: Columns) -> exp.Expr:
    """The condition that rows are at that time. Raises ValueError when the clock cannot express it."""
    if moment.start.year is not None and (moment.end is None or moment.end.year is not None):
        return _dated(clock, moment, columns)
    return _undated(clock, moment, columns)


def _dated(clock: Clock, moment: Moment, columns: Columns) -> exp.Expr:
    low, high = moment.start.bounds()
    if moment.end is not None:
        high = moment.end.bounds()[1]
    edges = {
        "in": (low, high), "between": (low, high), "before": (None, low), "until": (None, high),
        "since": (low, None), "after": (high, None),
    }[moment.relation]  # fmt: skip
    if clock.column is None:
        return _dated_parts(clock, moment, edges, columns)
    column = columns(Ref(clock.path, clock.table, clock.column))
    tests: list[exp.Expr] = []
    if edges[0]:
        tests.append(exp.GTE(this=column, expression=_date(edges[0], clock)))
    if edges[1]:
        tests.append(exp.LT(this=column.copy(), expression=_date(edges[1], clock)))
    return exp.and_(*tests)


def _dated_parts(clock: Clock, moment: Moment, edges: tuple[date | None, date | None], columns: Columns) -> exp.Expr:
    if moment.relation == "in":
        return _equal_parts(clock, moment.start, columns)
    finest = "day" if any(p and p.day for p in (moment.start, moment.end)) else "month"
    if all(p is None or (not p.month and not p.quarter) for p in (moment.start, moment.end)):
        finest = "year"
    names = ["year", "month", "day"][: ["year", "month", "day"].index(finest) + 1]
    terms = [_weighed(_part(clock, name, columns), _WEIGHTS[name] // _WEIGHTS[finest]) for name in names]
    stamp: exp.Expr = terms[0]
    for term in terms[1:]:
        stamp = exp.Add(this=stamp, expression=term)

    def whole(day: date) -> exp.Expr:
        return exp.Literal.number((day.year * 10_000 + day.month * 100 + day.day) // _WEIGHTS[finest])

    tests: list[exp.Expr] = []
    if edges[0]:
        tests.append(exp.GTE(this=_grouped(stamp), expression=whole(edges[0])))
    if edges[1]:
        tests.append(exp.LT(this=_grouped(stamp.copy()), expression=whole(edges[1])))
    return exp.and_(*tests)


def _weighed(part: exp.Expr, weight: int) -> exp.Expr:
    return part if weight == 1 else exp.Mul(this=part, expression=exp.Literal.number(weight))


def _grouped(stamp: exp.Expr) -> exp.Expr:
    return exp.paren(stamp) if isinstance(stamp, exp.Binary) else stamp


def _undated(clock: Clock, moment: Moment, columns: Columns) -> exp.Expr:
    start, end = moment.start, moment.end
    if moment.relation == "in":
        return _equal_parts(clock, start, columns)
    name = "quarter" if start.quarter else "month"
    if start.day or start.weekday or (end and (end.day or end.weekday or bool(end.quarter) != bool(start.quarter))):
        raise ValueError("a day without a year has no order")
    part = _part(clock, name, columns)
    low = start.quarter or start.month
    if low is None:
        raise ValueError("nothing to compare")
    if end is not None:
        high = end.quarter or end.month
        if high is None or high < low:
            raise ValueError("the end is before the start")
        return exp.Between(this=part, low=exp.Literal.number(low), high=exp.Literal.number(high))
    operators = {"before": exp.LT, "until": exp.LTE, "since": exp.GTE, "after": exp.GT}
    return operators[moment.relation](this=part, expression=exp.Literal.number(low))


def _equal_parts(clock: Clock, known: Partial, columns: Columns) -> exp.Expr:
    tests: list[exp.Expr] = []
    for name in ("year", "quarter", "month", "day", "weekday"):
        value = getattr(known, name)
        if value is not None:
            tests.append(exp.EQ(this=_part(clock, name, columns), expression=exp.Literal.number(value)))
    return exp.and_(*tests)


def _part(clock: Clock, name: str, columns: Columns) -> exp.Expr:
    if clock.column is not None:
        return extract(_FIELDS[name], columns(Ref(clock.path, clock.table, clock.column)))
    column = clock.part(name)
    if column is not None:
        return columns(Ref(clock.path, clock.table, column))
    if name == "weekday":
        return extract(_FIELDS[name], _whole_date(clock, columns))
    if name == "quarter" and (month := clock.part("month")):
        shifted = exp.Add(this=columns(Ref(clock.path, clock.table, month)), expression=exp.Literal.number(2))
        return exp.Div(this=exp.paren(shifted), expression=exp.Literal.number(3), typed=True)
    raise ValueError(f"no {name} here")


def _whole_date(clock: Clock, columns: Columns) -> exp.Expr:
    """The date that columns for year, month and day make. Raises ValueError when a column is missing."""
    parts = [clock.part(name) for name in ("year", "month", "day")]
    known = [columns(Ref(clock.path, clock.table, part)) for part in parts if part is not None]
    if len(known) < len(parts):
        raise ValueError("no whole date here")
    return exp.Anonymous(this="MAKE_DATE", expressions=known)


def extract(field: str, column: exp.Expr) -> exp.Expr:
    """EXTRACT(field FROM column) as an integer."""
    return exp.cast(exp.Extract(this=exp.var(field), expression=column), "int")


def bucket_expressions(clock: Clock, bucket: Bucket, columns: Columns) -> list[tuple[str, exp.Expr]]:
    """The grouping expressions of a bucket with their column names. Raises ValueError if the clock lacks it."""
    if bucket in ("hour", "weekday"):
        return [(bucket, _part(clock, bucket, columns))]
    if clock.column is not None:
        column = columns(Ref(clock.path, clock.table, clock.column))
        if bucket == "year":
            return [("year", _part(clock, "year", columns))]
        truncated = exp.TimestampTrunc(this=column, unit=exp.var(bucket.upper()))
        return [(bucket, exp.cast(truncated, "date"))]
    if bucket == "week":
        truncated = exp.TimestampTrunc(this=_whole_date(clock, columns), unit=exp.var("WEEK"))
        return [(bucket, exp.cast(truncated, "date"))]
    names = {
        "year": ["year"],
        "quarter": ["year", "quarter"],
        "month": ["year", "month"],
        "day": ["year", "month", "day"],
    }
    if bucket not in names:
        raise ValueError(f"no {bucket} here")
    if bucket in ("quarter", "month") and clock.part("year") is None:
        return [(bucket, _part(clock, bucket, columns))]
    return [(name, _part(clock, name, columns)) for name in names[bucket]]


def _date(day: date, clock: Clock) -> exp.Expr:
    kind = clock.column.type if clock.column else "date"
    return exp.cast(
        exp.Literal.string(day.isoformat()),
        "date" if kind == "date" else "timestamp" if not _zoned(clock) else "timestamptz",
    )


def _zoned(clock: Clock) -> bool:
    sql_type = clock.column.sql_type.lower() if clock.column else ""
    return "with time zone" in sql_type or "timestamptz" in sql_type
