"""The entry point of the offline analyst: from a question to its `Analysis`. It never guesses: it declines."""

import re
from datetime import UTC, datetime
from uuid import UUID

from pydantic import JsonValue

from buster_jobs.packages.ai.analysis import Analysis, ToolCall, Usage
from buster_jobs.packages.ai.offline.errors import Declined
from buster_jobs.packages.ai.offline.execution import Executed, Runner
from buster_jobs.packages.ai.offline.plans.missing_years import MissingYears
from buster_jobs.packages.ai.offline.plans.plan import Measure, Plan, TimeFilter
from buster_jobs.packages.ai.offline.saying.answer import answer_sentence
from buster_jobs.packages.ai.offline.saying.decline import decline_sentence
from buster_jobs.packages.ai.offline.saying.phrases import condition_words, group_words, measure_words
from buster_jobs.packages.ai.offline.saying.value_notes import value_notes
from buster_jobs.packages.ai.offline.understanding import Understanding
from buster_jobs.packages.ai.schema.derived_columns import with_derived
from buster_jobs.packages.ai.schema.implied_keys import with_implied_keys
from buster_jobs.packages.ai.schema.known_values import KnownValues
from buster_jobs.packages.ai.schema.statistics import Statistics
from buster_jobs.packages.ai.schema.uniqueness import UniqueKeys
from buster_jobs.packages.ai.values import json_rows
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.source import MODEL_MAX_ROWS, DataSource

MODEL = "offline-analyst"
_CELL = 500
# "(a)" and "option b" answer the question which of several readings is meant.
_CHOICE = re.compile(r"\s*(?:option\s+)?\(?(?P<letter>[a-f])\)?[.\s]*", re.IGNORECASE)


def answer_offline(
    question: str,
    source: DataSource,
    *,
    message_id: UUID,
    catalog: Catalog | None = None,
    earlier: tuple[str, ...] = (),
    statistics: Statistics | None = None,
    now: datetime | None = None,
) -> Analysis:
    """Answer from the catalog and the data, or decline and say why. By default `catalog` is introspected.

    `earlier` are the questions asked before in the chat, oldest first. "last month" is the month before `now`, by
    default the present. `statistics` spare look-ups of values. Raises `Unavailable`, `TimedOut` and `QueryFailed` from
    the data source.
    """
    declared = source.introspect() if catalog is None else catalog
    today = (now or datetime.now(UTC)).date()
    known = with_derived(with_implied_keys(declared), today)
    runner = Runner(source, UniqueKeys(source, declared))
    values = KnownValues({} if statistics is None else statistics)
    try:
        executed, notes = _answer(question, earlier, Understanding(source, known, today, values), runner)
        notes += value_notes(executed.plan, values)
    except Declined as declined:
        response = decline_sentence(declined.reason, known)
        usage = Usage(model=MODEL)
        return Analysis(
            response=response, answered=False, tool_calls=_calls(runner.executed), usage=usage, message_id=message_id
        )
    result = executed.result
    rows = json_rows(result.rows[:MODEL_MAX_ROWS], _CELL)
    return Analysis(
        response=answer_sentence(executed.plan, result, notes),
        answered=True,
        sql=result.sql,
        columns=result.columns,
        rows=tuple(tuple(row) for row in rows),
        tool_calls=_calls(runner.executed),
        usage=Usage(model=MODEL),
        message_id=message_id,
    )


def _answer(
    question: str, earlier: tuple[str, ...], understanding: Understanding, runner: Runner
) -> tuple[Executed, list[str]]:
    choice = _CHOICE.fullmatch(question)
    if choice and earlier:
        question, earlier = earlier[-1], earlier[:-1]
    understood = understanding.of(question, earlier)
    years = MissingYears(runner.source, understanding.today)
    plans = list(dict.fromkeys(reading for plan in understood.plans for reading in years.readings(plan)))
    plans = _chosen(plans, choice["letter"].lower()) if choice else plans
    executed, notes = runner.settle(plans, _differences(plans))
    return executed, [*understood.notes, *notes, *_reach(executed, years)]


def _chosen(plans: list[Plan], letter: str) -> list[Plan]:
    """The plans of the reading that had this letter when the analyst asked which one is meant."""
    told = _differences(plans)
    choices = list(dict.fromkeys(told))
    at = ord(letter) - ord("a")
    if len(choices) < 2 or at >= len(choices):
        raise Declined(f"the question before offered no choice ({letter})")
    return [plan for plan, difference in zip(plans, told, strict=True) if difference == choices[at]]


def _reach(executed: Executed, years: MissingYears) -> list[str]:
    """How far the data reach, as a remark on an empty result for a time relative to today ("last month")."""
    told = [c for c in executed.plan.filters if isinstance(c, TimeFilter) and c.moment.said]
    if not told or any(any(value for value in row) for row in executed.result.rows):
        return []
    latest = years.latest(told[0].clock)
    return [f"The data reach until {latest:%Y-%m-%d}."] if latest else []


def _differences(plans: list[Plan]) -> list[str]:
    """For each plan, in words, what sets it apart from the others."""
    described = [_parts(plan) for plan in plans]
    common = set[str].intersection(*(set(parts) for parts in described)) if described else set[str]()
    return [", ".join(part for part in parts if part not in common) or f"by rows of {plan.root.name}"
            for parts, plan in zip(described, plans, strict=True)]  # fmt: skip


def _parts(plan: Plan) -> list[str]:
    parts = [f"the {measure_words(plan, measure)}{_by_key(measure)}" for measure in plan.measures]
    parts += [f"by {group_words(group)}" for group in plan.groups]
    parts += [condition_words(condition, plan.root) for condition in plan.filters]
    return parts


def _by_key(measure: Measure) -> str:
    """By which column rows are counted: two plans differ in it where two keys lead to one table."""
    return f" ({measure.ref.column.name})" if measure.ref and measure.aggregate == "distinct" else ""


def _calls(executed: list[Executed]) -> tuple[ToolCall, ...]:
    calls: list[ToolCall] = []
    for done in executed:
        rows: list[JsonValue] = [list(row) for row in json_rows(done.result.rows[:MODEL_MAX_ROWS], _CELL)]
        result: dict[str, JsonValue] = {"columns": list(done.result.columns), "rows": rows}
        calls.append(ToolCall(name="run_sql", arguments={"sql": done.result.sql}, result=result))
    return tuple(calls)
