"""The sentence that answers, from a plan and its result: what was computed, and over which rows."""

from buster_jobs.packages.ai.offline.plans.plan import Plan
from buster_jobs.packages.ai.offline.saying.figures import CENTS, TOLD, show_amount, show_number
from buster_jobs.packages.ai.offline.saying.group_sentences import (
    best_of_each_sentence,
    changed_sentence,
    of_groups_sentence,
)
from buster_jobs.packages.ai.offline.saying.labels import group_label, group_values, offsets
from buster_jobs.packages.ai.offline.saying.phrases import (
    and_join,
    group_words,
    having_words,
    measure_words,
    unit_of,
    where_words,
)
from buster_jobs.packages.ai.offline.saying.row_sentences import list_sentence, ranked_rows_sentence
from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.row_names import rows_of
from buster_jobs.packages.data_sources.source import QueryResult

SIGNATURE = "(Answered by the offline analyst, without a model.)"
_IN_CENTS = "(Told in whole units of money; the rows hold cents.)"


def answer_sentence(plan: Plan, result: QueryResult, notes: list[str]) -> str:
    """The whole response, with the remarks and the signature of the offline analyst at its end."""
    if plan.change:
        text = changed_sentence(plan, result)
    elif plan.rank is not None and plan.rank.within:
        text = best_of_each_sentence(plan, result)
    elif plan.outer is not None:
        text = of_groups_sentence(plan, result)
    elif plan.measures and plan.groups:
        text = _grouped(plan, result)
    elif plan.measures:
        text = _single(plan, result)
    elif plan.rank is not None:
        text = ranked_rows_sentence(plan, result)
    else:
        text = list_sentence(plan, result)
    units = [_IN_CENTS] if _tells_cents(plan) else []
    return " ".join([text.replace("..", "."), *units, *notes, SIGNATURE])


def _tells_cents(plan: Plan) -> bool:
    refs = [measure.ref for measure in plan.measures if measure.ref and unit_of(measure)]
    refs += [*plan.columns, *([plan.rank.ref] if plan.rank and plan.rank.ref else [])]
    return any(read_comment(ref.column).unit in CENTS for ref in refs)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _single(plan: Plan, result: QueryResult) -> str:
    row = result.rows[0] if result.rows else ()
    parts: list[str] = []
    for measure, (at, count) in zip(plan.measures, offsets(plan), strict=True):
        value = row[at] if at < len(row) else None
        if measure.ref is None and measure.aggregate == "count" and len(plan.measures) == 1:
            verb = "is" if value == 1 else "are"
            return f"There {verb} {show_number(value)} {rows_of(plan.root, value)}{where_words(plan)}."
        if value is None:
            parts.append(f"there is no {measure_words(plan, measure)}, because no row has a value")
            continue
        known = f" (over {show_number(row[count])} rows with a value)" if count is not None else ""
        parts.append(f"the {measure_words(plan, measure)} is {show_amount(value, unit_of(measure))}{known}")
    return f"{_upper(and_join(parts))}{where_words(plan)}."


def _grouped(plan: Plan, result: QueryResult) -> str:
    if not result.rows and plan.having is not None:
        who = " and ".join(group_words(group) for group in plan.groups)
        return (
            f"No {who} has a {measure_words(plan, plan.measures[0])} of {having_words(plan.having)}{where_words(plan)}."
        )
    if not result.rows:
        return f"There are no {rows_of(plan.root)} to compute this from{where_words(plan)}."
    what = " and the ".join(measure_words(plan, measure) for measure in plan.measures)
    by = " and ".join(group_words(group) for group in plan.groups)
    top, rank = result.rows[0], plan.rank
    having = ""
    if plan.having is not None:
        having = f" with {having_words(plan.having)}"
    if rank is not None and len(result.rows) == 1 and rank.limit == 1:
        end = "highest" if rank.descending else "lowest"
        winner, values = group_label(plan.groups, top), group_values(plan, top)
        return f"{winner} has the {end} {what} by {by}: {values}{where_words(plan)}."
    told = "; ".join(f"{group_label(plan.groups, row)}: {group_values(plan, row)}" for row in result.rows[:TOLD])
    order = "highest first" if rank is None or rank.descending else "lowest first"
    if rank is None and plan.groups[0].bucket is not None:
        order = "in order of time"
    if any(group.periods for group in plan.groups):
        order = "compared"
    more = len(result.rows) - TOLD
    rest = f"; and {more} more" if more > 0 else ""
    count = "1 row" if len(result.rows) == 1 else f"{len(result.rows)}{'+' if result.truncated else ''} rows"
    return f"The {what} by {by}{having} ({count}, {order}): {told}{rest}{where_words(plan)}."
