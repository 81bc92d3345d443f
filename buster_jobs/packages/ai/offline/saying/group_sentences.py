"""Sentences about a change between two periods, about one number of all groups, and about the best of each group."""

from buster_jobs.packages.ai.offline.plans.plan import Plan
from buster_jobs.packages.ai.offline.saying.figures import TOLD, Row, show_amount, show_number
from buster_jobs.packages.ai.offline.saying.labels import group_label, group_values, width
from buster_jobs.packages.ai.offline.saying.phrases import (
    and_join,
    column_words,
    group_words,
    having_words,
    measure_words,
    unit_of,
    where_words,
)
from buster_jobs.packages.ai.offline.saying.row_sentences import row_label
from buster_jobs.packages.ai.schema.row_names import rows_of
from buster_jobs.packages.data_sources.source import QueryResult

_OUTER = {"avg": "On average", "median": "In the median", "max": "At most", "min": "At least"}


def changed_sentence(plan: Plan, result: QueryResult) -> str:
    """The values of both periods, the difference, and the difference in percent."""
    what, unit = measure_words(plan, plan.measures[0]), unit_of(plan.measures[0])
    first, last = (period.moment.label() for period in plan.groups[0].periods)
    before, after, change, percent = result.rows[0]
    opening = f"The {what} was {_shown(before, unit)} in {first} and {_shown(after, unit)} in {last}"
    if change is None or percent is None:
        return f"{opening}{where_words(plan)}."
    return f"{opening}: a change of {_signed(change, unit)} or {_signed(percent, '%')}{where_words(plan)}."


def of_groups_sentence(plan: Plan, result: QueryResult) -> str:
    """One number of each group's number, or how many groups meet the condition."""
    measure, by = plan.measures[0], group_words(plan.groups[0])
    if plan.outer == "count":
        having = having_words(plan.having) if plan.having else "any"
        what = measure_words(plan, measure).removeprefix("number of ")
        return f"Counted by {by}, {show_number(result.rows[0][0])} have {having} {what}{where_words(plan)}."
    value, groups = result.rows[0]
    outer = _OUTER[plan.outer or "avg"]
    of = f"{by} that has any {rows_of(plan.counted or plan.root)}" if measure.ref is None else by
    return (
        f"{outer}, the {measure_words(plan, measure)} per {by} is {_shown(value, unit_of(measure))}, "
        f"over {show_number(groups)} groups: each {of}{where_words(plan)}."
    )


def _shown(value: object, unit: str) -> str:
    return "nothing" if value is None else show_amount(value, unit)


def _signed(value: object, unit: str) -> str:
    text = show_amount(value, unit)
    return text if text.startswith("-") or value == 0 else f"+{text}"


def best_of_each_sentence(plan: Plan, result: QueryResult) -> str:
    """The first rows of each group, each with the number that it is ranked by."""
    rank = plan.rank
    if rank is None or not result.rows:
        return f"There are no {rows_of(plan.root)} to rank{where_words(plan)}."
    end = "highest" if rank.descending else "lowest"
    each = and_join([group_words(group) for group in (plan.groups[1:] if plan.measures else plan.groups)])
    what = measure_words(plan, plan.measures[0]) if plan.measures else column_words(rank.ref) if rank.ref else ""
    who = group_words(plan.groups[0]) if plan.measures else rows_of(plan.counted or plan.root, 1)
    number = f"{rank.limit} {who} rows" if rank.limit and rank.limit > 1 else who
    told = "; ".join(_best(plan, row) for row in result.rows[:TOLD])
    more = len(result.rows) - TOLD
    rest = f"; and {more} more" if more > 0 else ""
    return f"The {number} with the {end} {what} in each {each}: {told}{rest}{where_words(plan)}."


def _best(plan: Plan, row: Row) -> str:
    """ "north: Ada (12)"."""
    if plan.measures:
        at = width(plan.groups[0])
        outer, who = group_label(plan.groups[1:], row[at:]), group_label(plan.groups[:1], row)
        return f"{outer}: {who} ({group_values(plan, row)})"
    at = sum(width(group) for group in plan.groups)
    return f"{group_label(plan.groups, row)}: {row_label(plan, row[at:])}"
