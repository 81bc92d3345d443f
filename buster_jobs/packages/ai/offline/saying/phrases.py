"""English phrases for the parts of a plan: a column, a measure, a condition, a group."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Group, Measure, Plan, Ref, TimeFilter
from buster_jobs.packages.ai.offline.saying.figures import show_value
from buster_jobs.packages.ai.schema.comments import read_comment, without_unit
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.row_names import naming_columns, rows_of
from buster_jobs.packages.ai.schema.words import split_name
from buster_jobs.packages.data_sources.catalog import Table

_OPS = {"=": "is", "<>": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
_HAVING = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "=": "exactly"}
_AGGREGATES = {
    "sum": "total", "avg": "average", "median": "median", "min": "lowest", "max": "highest",
    "distinct": "number of different", "count": "number of different",
}  # fmt: skip


def column_words(ref: Ref) -> str:
    """The noun phrase of a column: that of its comment, if it is short, else its name."""
    head = read_comment(ref.column).head
    short = 0 < len(head) <= 4 or isinstance(ref.column, Derived)
    return " ".join(head if short else without_unit(ref.column))


def unit_of(measure: Measure) -> str:
    """The unit of a measure's column; "%" for shares, empty when there is none."""
    if measure.aggregate == "share":
        return "%"
    if measure.ref is None or measure.aggregate in ("distinct", "count", "ratio"):
        return ""
    return read_comment(measure.ref.column).unit or ""


def measure_words(plan: Plan, measure: Measure) -> str:
    """The noun phrase of a measure: "average price", "number of orders"."""
    rows = rows_of(plan.counted or plan.root)
    if measure.aggregate == "ratio":
        sides = [
            and_join([condition_words(c, plan.root) for c in side]) for side in (measure.conditions, measure.others)
        ]
        return f"ratio of {rows} where {sides[0]} to those where {sides[1]}"
    if measure.aggregate == "share" and measure.ref is not None:
        where = and_join([condition_words(condition, plan.root) for condition in measure.conditions])
        return f"share of total {column_words(measure.ref)}" + (f" where {where}" if where else "")
    if measure.aggregate == "share":
        where = and_join([condition_words(condition, plan.root) for condition in measure.conditions])
        return f"share of {rows} where {where}" if where else f"share of all {rows}"
    if measure.ref is None:
        return f"number of {rows}"
    if measure.aggregate == "distinct" and plan.counted:
        return f"number of different {rows}"
    # The name of a column may begin with the aggregate: "total amount", "average speed".
    word = _AGGREGATES[measure.aggregate]
    return f"{word} {column_words(measure.ref).removeprefix(f'{word} ')}"


def condition_words(condition: Condition, root: Table) -> str:
    """A condition as a clause: "status is shipped", "between January and March"."""
    if isinstance(condition, TimeFilter):
        named = condition.clock.column.name if condition.clock.column else ""
        return f"{named} is {condition.moment.text()}" if named else f"the time is {condition.moment.text()}"
    if not isinstance(condition, Filter):
        inner = and_join([condition_words(c, condition.child) for c in condition.conditions])
        where = f" with {inner}" if inner else ""
        return f"there are {'no ' if condition.negated else ''}{rows_of(condition.child)}{where}"
    name = _qualified(condition.ref)
    if condition.words and (
        condition.op not in ("=", "in") or condition.values[0] is True or condition.values[0] is False
    ):
        plain = condition_words(replace(condition, words="", negated=False), root)
        return f"{'not ' if condition.negated else ''}{condition.words} ({plain})"
    values = [show_value(value) for value in condition.values]
    match condition.op:
        case "null" | "not null":
            return f"{name} is {'not ' if (condition.op == 'not null') != condition.negated else ''}null"
        case "between":
            text = f"{name} is {'not ' if condition.negated else ''}between {values[0]} and {values[1]}"
        case "in":
            text = f"{name} is {'none' if condition.negated else 'one'} of {', '.join(values)}"
        case "=" if condition.negated:
            text = f"{name} is not {values[0]}"
        case _:
            text = f"{name} {'not ' if condition.negated else ''}{_OPS[condition.op]} {values[0]}"
    unit = read_comment(condition.ref.column).unit
    return f"{text} {unit}" if unit else text


def _qualified(ref: Ref) -> str:
    if not ref.path:
        return ref.column.name
    way = " ".join(word for word in split_name(ref.path[-1].key.columns[0]) if word not in ("id", "code", "key"))
    if ref.column.name in ref.table.primary_key or ref.column in naming_columns(ref.table):
        return way or rows_of(ref.table, 1)
    return f"{ref.column.name} of {way or rows_of(ref.table, 1)}"


def group_words(group: Group) -> str:
    """The noun for what rows are grouped by."""
    if group.periods:
        return "time"
    if group.bucket is not None:
        return {"weekday": "day of the week"}.get(group.bucket, group.bucket)
    key = group.keys[0] if group.keys else group.refs[0]
    reached = next((ref for ref in group.refs if ref.path), None)
    if reached is not None and is_key(key.table, key.column.name) and len(key.path) < len(reached.path):
        same = [fk for fk in key.table.foreign_keys if fk.referred_table == reached.table.name]
        if len(same) == 1:
            return rows_of(reached.table, 1)
        head = read_comment(key.column).head
        words = head if 0 < len(head) <= 3 else split_name(key.column.name)
        return " ".join(word for word in words if word not in ("id", "code", "key")) or "group"
    if group.refs and group.refs[0].table.primary_key == (key.column.name,):
        return rows_of(key.table, 1)
    return " ".join(split_name(group.refs[0].column.name))


def and_join(parts: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def having_words(having: tuple[str, tuple[float, ...]]) -> str:
    """A condition on the number of each group: "more than 5"."""
    operator, numbers = having
    shown = [show_value(number) for number in numbers]
    return f"between {shown[0]} and {shown[1]}" if operator == "between" else f"{_HAVING[operator]} {shown[0]}"


def where_words(plan: Plan) -> str:
    """The end of a sentence that says which rows are counted; empty when all are."""
    plain = [c for c in plan.filters if isinstance(c, TimeFilter) and c.clock.column is None]
    times = "".join(f" {c.moment.text()}" for c in plain)
    ranked = plan.rank.ref if plan.rank else None
    hidden = [c for c in plan.filters if isinstance(c, Filter) and c.op == "not null" and c.ref == ranked]
    clauses = [condition_words(c, plan.root) for c in plan.filters if c not in plain and c not in hidden]
    where = f" where {and_join(clauses)}" if clauses else ""
    return f", counting only {rows_of(plan.root)}{times}{where}" if times or where else ""
