"""Sentences about rows that are listed, or ranked by one of their columns."""

from buster_jobs.packages.ai.offline.plans.plan import Plan, Ref
from buster_jobs.packages.ai.offline.saying.figures import CENTS, TOLD, Row, show_amount, show_value
from buster_jobs.packages.ai.offline.saying.phrases import column_words, where_words
from buster_jobs.packages.ai.schema.clocks import is_year
from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.row_names import naming_columns, rows_of
from buster_jobs.packages.data_sources.source import QueryResult


def row_label(plan: Plan, row: Row, *, without: int | None = None) -> str:
    """The first five columns of a row that have a value, with their names; `without` is left out."""
    pairs = [
        f"{column_words(ref)} {_value(ref, value)}"
        for index, (ref, value) in enumerate(zip(plan.columns, row, strict=True))
        if index != without and value is not None
    ]
    return ", ".join(pairs[:5])


def _value(ref: Ref, value: object) -> str:
    """The value as text. Whole numbers stay without separators: they may be keys or years."""
    if (unit := read_comment(ref.column).unit) in CENTS:
        return show_amount(value, unit)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else show_value(value)


def ranked_rows_sentence(plan: Plan, result: QueryResult) -> str:
    """The rows with the highest or lowest values of a column."""
    rank, entity = plan.rank, plan.counted or plan.root
    if rank is None or rank.ref is None or not result.rows:
        return f"There are no {rows_of(entity)} with a value to rank by{where_words(plan)}."
    at = plan.columns.index(rank.ref)
    end = "highest" if rank.descending else "lowest"
    year = is_year(rank.ref.column)
    lines = [
        f"{row[at] if year else _ranked(rank.ref, row[at])} ({row_label(plan, row, without=at)})"
        for row in result.rows[:TOLD]
    ]
    if len(result.rows) == 1:
        return f"The {end} {column_words(rank.ref)} of all {rows_of(entity)} is {lines[0]}{where_words(plan)}."
    more = len(result.rows) - TOLD
    rest = f"; and {more} more" if more > 0 else ""
    return (
        f"The {len(result.rows)} {rows_of(entity)} with the {end} {column_words(rank.ref)}: "
        f"{'; '.join(lines)}{rest}{where_words(plan)}."
    )


def _ranked(ref: Ref, value: object) -> str:
    return show_amount(value, read_comment(ref.column).unit)


def list_sentence(plan: Plan, result: QueryResult) -> str:
    """How many rows there are, and the first of them."""
    entity = plan.counted or plan.root
    if not result.rows:
        listed = entity if any(ref.table == entity for ref in plan.columns) else plan.root
        return f"There are no such {rows_of(listed)}{where_words(plan)}."
    if len(result.rows) == 1:
        return f"There is one: {row_label(plan, result.rows[0])}{where_words(plan)}."
    told = "; ".join(row_label(plan, row) for row in result.rows[:TOLD])
    keys = {*entity.primary_key, *(column.name for column in naming_columns(entity))}
    if plan.distinct and not keys & {ref.column.name for ref in plan.columns}:
        return f"There are {len(result.rows):,} different values, for example {told}{where_words(plan)}."
    count = f"{'more than ' if result.truncated else ''}{len(result.rows):,}"
    return f"There are {count} {rows_of(entity)}, for example {told}{where_words(plan)}."
