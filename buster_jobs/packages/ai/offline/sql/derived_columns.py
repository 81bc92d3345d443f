"""Derived columns as SQL: placeholder calls in the tree of a query, and the expressions that replace them."""

from sqlglot import exp

from buster_jobs.packages.ai.schema.derived_columns import Derived

_SPAN, _LATE, _OVERDUE, _AGE = "DERIVED_SPAN", "DERIVED_LATE", "DERIVED_OVERDUE", "DERIVED_AGE"


def derived_call(column: Derived, start: exp.Expr, end: exp.Expr | None) -> exp.Anonymous:
    """The placeholder call for the column; `written` replaces it by an engine's SQL."""
    name = {"span": _SPAN, "late": _LATE, "overdue": _OVERDUE, "age": _AGE}[column.kind]
    last = {
        "span": exp.Literal.number(86_400 if "days" in (column.comment or "") else 3_600),
        "late": exp.Literal.number(0),
        "overdue": exp.Literal.string(column.today.isoformat()),
        "age": exp.Literal.string(column.today.isoformat()),
    }[column.kind]
    return exp.Anonymous(this=name, expressions=[start, end or exp.Null(), last])


def derived_sql(node: exp.Expr, dialect: str) -> exp.Expr:
    """The node, or the engine's expression in place of a placeholder call."""
    if not isinstance(node, exp.Anonymous):
        return node
    match node.name:
        case "DERIVED_SPAN":
            start, end, seconds = node.expressions
            length = exp.Div(this=_seconds(start, end, dialect), expression=_float(seconds))
            return exp.paren(length)
        case "DERIVED_LATE":
            due, done, _ = node.expressions
            return exp.paren(exp.GT(this=_day(done, dialect), expression=_day(due, dialect)))
        case "DERIVED_OVERDUE":
            due, done, today = node.expressions
            passed = exp.LT(this=_day(due, dialect), expression=_day(today, dialect))
            return exp.paren(exp.and_(exp.Is(this=done, expression=exp.Null()), passed))
        case "DERIVED_AGE":
            born, _, today = node.expressions
            return _years(born, today.name)
        case _:
            return node


def _float(seconds: exp.Expr) -> exp.Expr:
    return exp.Literal.number(f"{seconds.name}.0")


def _seconds(start: exp.Expr, end: exp.Expr, dialect: str) -> exp.Expr:
    match dialect:
        case "mysql":
            return exp.Anonymous(this="TIMESTAMPDIFF", expressions=[exp.var("SECOND"), start, end])
        case "sqlite":
            days = exp.Sub(this=_call("JULIANDAY", end), expression=_call("JULIANDAY", start))
            return exp.Mul(this=exp.paren(days), expression=exp.Literal.number("86400.0"))
        case _:
            length = exp.Sub(this=exp.cast(end, "timestamp"), expression=exp.cast(start, "timestamp"))
            return exp.Extract(this=exp.var("EPOCH"), expression=exp.paren(length))


def _day(value: exp.Expr, dialect: str) -> exp.Expr:
    return _call("DATE", value) if dialect in ("sqlite", "mysql") else exp.cast(value, "date")


def _years(born: exp.Expr, today: str) -> exp.Expr:
    """Whole years from a birthday to `today`: one less if the birthday of the year is still to come."""
    year, month, day = (int(part) for part in today.split("-"))
    turned = exp.Add(
        this=exp.Mul(this=_field("MONTH", born), expression=exp.Literal.number(100)), expression=_field("DAY", born)
    )
    later = exp.GT(this=turned, expression=exp.Literal.number(month * 100 + day))
    less = exp.Case().when(later, exp.Literal.number(1)).else_(exp.Literal.number(0))
    age = exp.Sub(this=exp.Literal.number(year), expression=_field("YEAR", born))
    return exp.paren(exp.Sub(this=age, expression=less))


def _field(name: str, of: exp.Expr) -> exp.Expr:
    return exp.cast(exp.Extract(this=exp.var(name), expression=of.copy()), "int")


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])
