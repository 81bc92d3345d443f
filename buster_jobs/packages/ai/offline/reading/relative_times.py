"""Times relative to today: "last month", "the past 30 days", "since yesterday", "year to date"."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

from buster_jobs.packages.ai.offline.reading.times import (
    BUCKETS,
    MONTHS,
    RELATIONS,
    WEEKDAYS,
    Bucket,
    Moment,
    Partial,
    Relation,
)
from buster_jobs.packages.ai.offline.reading.tokens import Token, number_at
from buster_jobs.packages.ai.schema.words import singular

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_BACK = frozenset({"last", "previous", "prior", "past"})
_HERE = frozenset({"this", "current"})
_AHEAD = frozenset({"next", "coming", "upcoming"})
_UNITS = frozenset({"year", "quarter", "month", "week", "day"})
_MONTHS_OF = {"year": 12, "quarter": 3, "month": 1}

Span = tuple[date, date]


def relative_at(tokens: tuple[Token, ...], index: int, today: date) -> tuple[Moment, int] | None:
    """The time expression at `index` that counts from `today`, and how many tokens it takes."""
    relation = RELATIONS.get(tokens[index].low)
    start = index + (relation is not None)
    start += relation is not None and start < len(tokens) and tokens[start].low in ("the", "over")
    for skipped in (("over", "the"), ("over",), ("so", "far"), ("the",)):
        if tuple(token.low for token in tokens[start : start + len(skipped)]) == skipped:
            start += len(skipped)
    found = _span(tokens, start, today) if start < len(tokens) and not tokens[start].quoted else None
    if found is None:
        return None
    said = " ".join(token.low for token in tokens[start : found[1]])
    return _moment(relation or "in", found[0], said), found[1] - index


def _moment(relation: Relation, span: Span, said: str) -> Moment:
    first, last = span[0], span[1] - timedelta(days=1)
    if relation in ("before", "since"):
        return Moment(relation, _day(first), said=said)
    if relation in ("after", "until"):
        return Moment(relation, _day(last), said=said)
    if (whole := _calendar(first, span[1])) is not None:
        return Moment("in", whole, said=said)
    return Moment("between", _day(first), _day(last), said=said)


def _calendar(first: date, after: date) -> Partial | None:
    """The year, quarter, month or day that has exactly the bounds of a span; else None."""
    quarter = Partial(first.year, (first.month + 2) // 3)
    for whole in (Partial(first.year), quarter, Partial(first.year, None, first.month), _day(first)):
        if whole.bounds() == (first, after):
            return whole
    return None


def _day(day: date) -> Partial:
    return Partial(day.year, None, day.month, day.day)


def _span(tokens: tuple[Token, ...], index: int, today: date) -> tuple[Span, int] | None:
    low = tokens[index].low
    if low in _DAYS:
        day = today + timedelta(days=_DAYS[low])
        return (day, day + timedelta(days=1)), index + 1
    if low == "ytd":
        return _to_date("year", today), index + 1
    after = [token.low for token in tokens[index + 1 : index + 3]]
    if after == ["to", "date"] and low in _MONTHS_OF:
        return _to_date(low, today), index + 3
    return _led(tokens, index, today) or _ago(tokens, index, today)


def _to_date(unit: str, today: date) -> Span:
    return _whole(unit, today, 0)[0], today + timedelta(days=1)


def _led(tokens: tuple[Token, ...], index: int, today: date) -> tuple[Span, int] | None:
    """ "last month", "this year", "past 30 days", "next week", "last March"."""
    low, at = tokens[index].low, index + 1
    step = -1 if low in _BACK else 0 if low in _HERE else 1 if low in _AHEAD else None
    if step is None or at >= len(tokens):
        return None
    if step <= 0 and (named := _named(tokens[at], today, step)):
        return named, at + 1
    count = number_at(tokens, at)
    unit = _unit(tokens, at + (count[1] if count else 0))
    if unit is None:
        return None
    end = at + (count[1] if count else 0) + 1
    if count is None:
        return (_rolling(unit, 1, today) if low == "past" else _whole(unit, today, step)), end
    sensible = count[0] == int(count[0]) and 0 < count[0] < 10_000 and step == -1
    return (_rolling(unit, int(count[0]), today), end) if sensible else None


def _unit(tokens: tuple[Token, ...], index: int) -> str | None:
    unit: Bucket | None = BUCKETS.get(singular(tokens[index].low)) if index < len(tokens) else None
    return unit if unit in _UNITS and not tokens[index].low.endswith("ly") else None


def _named(token: Token, today: date, step: int) -> Span | None:
    """The last (`step` -1) or this (0) month or weekday of that name."""
    if token.low in MONTHS:
        year = today.year if step == 0 or MONTHS[token.low] < today.month else today.year - 1
        return Partial(year, None, MONTHS[token.low]).bounds()
    if token.low in WEEKDAYS:
        back = (today.isoweekday() - WEEKDAYS[token.low]) % 7 or 7
        day = today - timedelta(days=back if step else back % 7)
        return day, day + timedelta(days=1)
    return None


def _ago(tokens: tuple[Token, ...], index: int, today: date) -> tuple[Span, int] | None:
    count = number_at(tokens, index)
    at = index + count[1] if count else 0
    if not count or at + 1 >= len(tokens) or tokens[at + 1].low != "ago" or count[0] != int(count[0]):
        return None
    unit = _unit(tokens, at)
    if unit is None or not 0 < count[0] < 10_000:
        return None
    return (_whole(unit, today, -int(count[0])), at + 2) if unit in ("day", "month", "year") else None


def _whole(unit: str, today: date, step: int) -> Span:
    """The calendar unit `step` units after that of `today`; weeks begin on Monday."""
    if unit == "day":
        first = today + timedelta(days=step)
        return first, first + timedelta(days=1)
    if unit == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return first, first + timedelta(weeks=1)
    months = _MONTHS_OF[unit]
    index = (today.year * 12 + today.month - 1) // months * months + step * months
    return _first_of(index), _first_of(index + months)


def _first_of(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _rolling(unit: str, count: int, today: date) -> Span:
    """From `count` units ago through today."""
    after = today + timedelta(days=1)
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1)), after
    return months_before(today, count * _MONTHS_OF[unit]), after


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or the last day of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def years_resolved(moment: Moment, latest: date) -> Moment:
    """A time without a year, taken to be the last one that began by `latest`."""
    if moment.end is not None:
        end = _dated(moment.end, latest)
        start = replace(moment.start, year=end.year)
        if start.bounds()[0] > end.bounds()[0]:
            start = replace(start, year=(end.year or 1) - 1)
        return replace(moment, start=start, end=end)
    return replace(moment, start=_dated(moment.start, latest))


def _dated(known: Partial, latest: date) -> Partial:
    for year in (latest.year, latest.year - 1):
        try:
            dated = replace(known, year=year)
            if dated.bounds()[0] <= latest:
                return dated
        except ValueError:
            continue
    return replace(known, year=latest.year - 1)
