"""The dialects of SQLite, MySQL and DuckDB: the tree of a query is rewritten where sqlglot does not translate it."""

from sqlglot import exp

from buster_jobs.packages.ai.offline.errors import Declined
from buster_jobs.packages.ai.offline.sql.derived_columns import derived_sql

_STRFTIME = {"YEAR": "%Y", "MONTH": "%m", "DAY": "%d", "HOUR": "%H"}


def written(query: exp.Select, dialect: str) -> str:
    """The query in an engine's SQL. Raises `Declined` for what the engine cannot compute."""
    rewrite = {"sqlite": _sqlite, "mysql": _mysql, "duckdb": _duckdb}.get(dialect)
    tree = query.transform(derived_sql, dialect)
    tree = tree.transform(rewrite) if rewrite else tree
    return tree.sql(dialect=dialect)


def _sqlite(node: exp.Expr) -> exp.Expr:
    _refuse_median(node, "SQLite")
    match node:
        case exp.Cast(this=exp.Extract()):
            return _sqlite_field(node.this.name.upper(), node.this.expression)
        case exp.Cast(this=exp.TimestampTrunc()):
            return _sqlite_trunc(node.this.text("unit").upper(), node.this.this)
        case exp.Cast(this=exp.Literal()) if node.this.is_string:
            # Times are text in SQLite, with or without hours: a bare day sorts before all times of the day.
            return node.this
        case exp.Anonymous(this="MAKE_DATE"):
            return _call("PRINTF", exp.Literal.string("%04d-%02d-%02d"), *node.expressions)
        case _:
            return node


def _sqlite_field(field: str, of: exp.Expr) -> exp.Expr:
    of = of.transform(_sqlite)
    if field == "QUARTER":
        return exp.Div(this=exp.paren(_plus(_sqlite_field("MONTH", of), 2)), expression=_number(3), typed=True)
    if field == "ISODOW":
        sunday = _cast_int(_call("STRFTIME", exp.Literal.string("%w"), of))
        return exp.paren(_plus(exp.Mod(this=exp.paren(_plus(sunday, 6)), expression=_number(7)), 1))
    return _cast_int(_call("STRFTIME", exp.Literal.string(_STRFTIME[field]), of))


def _sqlite_trunc(unit: str, of: exp.Expr) -> exp.Expr:
    of = of.transform(_sqlite)
    steps = {"DAY": (), "WEEK": ("-6 days", "weekday 1"), "MONTH": ("start of month",), "QUARTER": ("start of month",)}
    moved = _call("DATE", of, *(exp.Literal.string(step) for step in steps[unit]))
    if unit == "QUARTER":
        back = exp.Mod(this=exp.paren(_plus(_sqlite_field("MONTH", of), 2)), expression=_number(3))
        moved.append("expressions", _call("PRINTF", exp.Literal.string("-%d months"), back))
    return moved


def _duckdb(node: exp.Expr) -> exp.Expr:
    """Medians of doubles: of two decimals DuckDB returns one with as many digits, which may miss the middle."""
    if isinstance(node, exp.WithinGroup):
        for ordered in node.find_all(exp.Ordered):
            ordered.set("this", exp.cast(ordered.this, "double"))
    return node


def _mysql(node: exp.Expr) -> exp.Expr:
    _refuse_median(node, "MySQL")
    match node:
        case exp.Filter():
            return _only_where(node.this.copy(), node.expression.this.transform(_mysql))
        case exp.Extract() if node.name.upper() == "ISODOW":
            return exp.paren(_plus(_call("WEEKDAY", node.expression.transform(_mysql)), 1))
        case exp.TimestampTrunc() if node.text("unit").upper() == "WEEK":
            day = node.this.transform(_mysql)
            return _call("SUBDATE", _call("DATE", day), _call("WEEKDAY", day.copy()))
        case exp.Anonymous(this="MAKE_DATE"):
            parts = _call("CONCAT_WS", exp.Literal.string("-"), *node.expressions)
            return _call("STR_TO_DATE", parts, exp.Literal.string("%Y-%c-%e"))
        case exp.Ordered() if isinstance(node.this, exp.Literal):
            # MySQL sorts null first, and offers no other order by a column's number.
            return exp.Ordered(this=node.this, desc=node.args.get("desc"), nulls_first=not node.args.get("desc"))
        case _:
            return node


def _only_where(aggregate: exp.Expr, test: exp.Expr) -> exp.Expr:
    """The aggregate with FILTER rewritten as CASE, which MySQL needs."""
    inner = aggregate.this
    value: exp.Expr = _number(1) if isinstance(inner, exp.Star) else inner
    if isinstance(inner, exp.Distinct):
        inner.set("expressions", [_case(test, inner.expressions[0])])
        return aggregate
    aggregate.set("this", _case(test, value))
    return aggregate


def _case(test: exp.Expr, value: exp.Expr) -> exp.Case:
    return exp.Case().when(test, value.copy())


def _refuse_median(node: exp.Expr, engine: str) -> None:
    if isinstance(node, exp.WithinGroup):
        raise Declined(f"{engine} has no median that I could ask for; ask for the average instead")


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _cast_int(value: exp.Expr) -> exp.Expr:
    return exp.cast(value, "int")


def _plus(value: exp.Expr, number: int) -> exp.Expr:
    return exp.Add(this=value, expression=_number(number))


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value)
