"""The texts for one row of a grouped result: its groups and its numbers."""

from buster_jobs.packages.ai.offline.plans.plan import Group, Plan
from buster_jobs.packages.ai.offline.saying.figures import Row, show_amount, show_bucket, show_number, show_value
from buster_jobs.packages.ai.offline.saying.phrases import unit_of
from buster_jobs.packages.ai.schema.row_names import rows_of


def offsets(plan: Plan) -> list[tuple[int, int | None]]:
    """For each measure the index of its column in a row, and of the column with its number of values, if any."""
    at = sum(width(group) for group in plan.groups)
    found: list[tuple[int, int | None]] = []
    for measure in plan.measures:
        counted = measure.aggregate in ("avg", "median")
        found.append((at, at + 1 if counted else None))
        at += 2 if counted else 1
    return found


def width(group: Group) -> int:
    """How many columns of a row a group takes."""
    if group.periods:
        return 1
    if group.clock is None or group.bucket is None:
        return len(group.refs)
    parts = {"year": 1, "quarter": 2, "month": 2, "day": 3}.get(group.bucket, 1)
    if group.clock.column is not None:
        return 1
    return 1 if parts == 2 and group.clock.part("year") is None else parts


def group_label(groups: tuple[Group, ...], row: Row) -> str:
    """The label of a row: the values of these groups, which are its first columns."""
    labels: list[str] = []
    at = 0
    for group in groups:
        values = row[at : at + width(group)]
        at += len(values)
        labels.append(_label(group, values))
    return ", ".join(labels)


def _label(group: Group, values: Row) -> str:
    if group.bucket is not None:
        return show_bucket(group.bucket, values)
    if group.periods:
        return str(values[0])
    if len(values) > 1 and group.refs[0] in group.keys:
        names = " ".join(show_value(value) for value in values[1:] if value is not None)
        return f"{show_value(values[0])} ({names})" if names else show_value(values[0])
    return " ".join(show_value(value) for value in values if value is not None) or "(none)"


def group_values(plan: Plan, row: Row) -> str:
    """The numbers of a row; averages with how many rows they are over."""
    shown: list[str] = []
    for measure, (at, count) in zip(plan.measures, offsets(plan), strict=True):
        over = f" over {show_number(row[count])} {rows_of(plan.root)}" if count is not None else ""
        text = "no value" if row[at] is None else show_amount(row[at], unit_of(measure))
        shown.append(text + over)
    return " and ".join(shown)
