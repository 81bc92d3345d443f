"""Comparisons of periods and of values: "2024 vs 2023", "June compared to July", "growth from 2022 to 2023"."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, WantGroup
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.readings import Glue, Mark, Time
from buster_jobs.packages.ai.offline.reading.times import Moment


def read_compared_periods(slots: Slots, draft: Draft) -> None:
    """Take the compared periods out of the times, so that they do not become conditions."""
    marks = _marks(slots)
    times = slots.free(Time) if marks else []
    moments = [moment for index in times for moment in _split(slots, index)]
    if len(moments) < 2:
        return
    if any(m.start.weekday for m in moments):
        raise Misread("I cannot compare days of the week by name; ask per weekday", weight=3)
    slots.used |= {*marks, *times}
    draft.periods = _same_year(moments)
    draft.change = any(slots.readings[index] == Mark("change", _word(slots, index)) for index in marks)
    if draft.change and len(moments) > 2:
        raise Misread("I can only say what changed between two times", weight=3)
    if draft.change:
        draft.periods.sort(key=lambda moment: (moment.start.year or 0, moment.start.quarter or moment.start.month or 0))


def settle_compared_values(slots: Slots, draft: Draft) -> None:
    """Group by the column of compared values: "compare Oslo and Rome"."""
    marks = [index for index in _marks(slots) if index not in slots.used]
    if not marks:
        return
    several = [f for f in draft.filters if f.op == "in" and not f.negated and len(f.values) > 1]
    if len(several) != 1 or any(slots.mark(index, "change", "more") for index in marks):
        raise Misread("I do not see what is to be compared", weight=3)
    slots.used |= set(marks)
    if not any(group.want == several[0].want for group in draft.groups):
        draft.groups.insert(0, WantGroup(want=several[0].want))


def _marks(slots: Slots) -> list[int]:
    than = any(reading == Glue("than") for reading in slots.readings)
    kinds = ("compare", "change", "more") if than else ("compare", "change")
    return [index for index in slots.free(Mark) if slots.mark(index, *kinds)]


def _word(slots: Slots, index: int) -> str:
    reading = slots.readings[index]
    return reading.word if isinstance(reading, Mark) else ""


def _split(slots: Slots, index: int) -> list[Moment]:
    """The periods of one time expression: two for "growth from 2022 to 2023", else one."""
    reading = slots.readings[index]
    if not isinstance(reading, Time):
        return []
    moment = reading.moment
    if moment.end is not None and not moment.said:
        return [Moment("in", moment.start), Moment("in", moment.end)]
    if moment.relation not in ("in", "between"):
        raise Misread("I can only compare times that have a beginning and an end", weight=3)
    return [moment]


def _same_year(moments: list[Moment]) -> list[Moment]:
    """The periods with the only year that they name: "May and June 2024"."""
    years = {moment.start.year for moment in moments if moment.start.year}
    if len(years) != 1:
        return moments
    return [replace(m, start=replace(m.start, year=m.start.year or next(iter(years)))) for m in moments]
