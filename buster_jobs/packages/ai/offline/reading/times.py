"""Time expressions of questions: "in July", "on 2013-02-14", "between January and March", "per month"."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from buster_jobs.packages.ai.offline.reading.tokens import Token
from buster_jobs.packages.ai.schema.words import singular

Bucket = Literal["year", "quarter", "month", "week", "day", "hour", "weekday"]
Relation = Literal["in", "before", "after", "since", "until", "between"]

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name, start=1)}
BUCKETS: dict[str, Bucket] = {
    "year": "year", "quarter": "quarter", "month": "month", "week": "week", "day": "day", "date": "day",
    "hour": "hour", "weekday": "weekday", "yearly": "year", "annually": "year", "quarterly": "quarter",
    "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour",
}  # fmt: skip
RELATIONS: dict[str, Relation] = {
    "in": "in", "on": "in", "during": "in", "of": "in", "for": "in", "at": "in", "before": "before",
    "after": "after", "since": "since", "until": "until", "till": "until", "through": "until", "within": "in",
    "throughout": "in", "from": "in",
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4}


@dataclass(frozen=True, slots=True)
class Partial:
    """A date with some parts known. Weekdays are 1 (Monday) to 7."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def bounds(self) -> tuple[date, date]:
        """The first day, and the day after the last. Raises ValueError without a year, or for an impossible date."""
        if self.year is None or self.weekday is not None:
            raise ValueError("bounds need a year")
        first = self.month or ((self.quarter - 1) * 3 + 1 if self.quarter else 1)
        start = date(self.year, first, self.day or 1)
        if self.day:
            return start, start + timedelta(days=1)
        months = 1 if self.month else 3 if self.quarter else 12
        index = self.year * 12 + first - 1 + months
        return start, date(index // 12, index % 12 + 1, 1)

    def text(self) -> str:
        """The date in English."""
        if self.weekday:
            return f"{calendar.day_name[self.weekday - 1]}s"
        month = calendar.month_name[self.month] if self.month else ""
        quarter = f"quarter {self.quarter}" if self.quarter else ""
        day = f"{self.day} " if self.day else ""
        return " ".join(f"{day}{month}{quarter} {self.year or ''}".split())


@dataclass(frozen=True, slots=True)
class Moment:
    """A relation to one date, or to two for "between"."""

    relation: Relation
    start: Partial
    end: Partial | None = None
    said: str = ""

    def text(self) -> str:
        """The expression in English with its preposition; a relative one is followed by the question's own words."""
        said = f" ({self.said})" if self.said else ""
        if self.end is not None:
            return f"between {self.start.text()} and {self.end.text()}{said}"
        on = self.relation == "in" and (self.start.day is not None or self.start.weekday is not None)
        return f"{'on' if on else self.relation} {self.start.text()}{said}"

    def label(self) -> str:
        """The expression as the name of a group: "June 2024"."""
        return self.start.text() if self.relation == "in" else self.text()

    @property
    def yearless(self) -> bool:
        """Whether it names a part of a year and leaves the year open."""
        return self.start.year is None and self.start.weekday is None


def moment_at(tokens: tuple[Token, ...], index: int) -> tuple[Moment, int] | None:
    """The time expression that starts at `index`, and how many tokens it takes."""
    low = tokens[index].low
    if tokens[index].quoted:
        return None
    if low in ("between", "from") and (found := _between(tokens, index)):
        return found
    relation = RELATIONS.get(low)
    skip = index + 1 if relation else index
    skip += skip < len(tokens) and tokens[skip].low in ("the", "year") and relation is not None
    skip += skip < len(tokens) and tokens[skip].low in ("year", "month") and relation is not None
    found = _partial(tokens, skip, led=relation is not None)
    return (Moment(relation or "in", found[0]), found[1] - index) if found else None


def _between(tokens: tuple[Token, ...], index: int) -> tuple[Moment, int] | None:
    start = _partial(tokens, index + 1, led=True)
    joints = ("and",) if tokens[index].low == "between" else ("to", "until", "till", "through")
    if start is None or start[1] >= len(tokens) or tokens[start[1]].low not in joints:
        return None
    end = _partial(tokens, start[1] + 1, led=True)
    # "between 1000 and 2000" is about numbers, as "between 200 and 300" is.
    if end is None or not (_likely(start[0]) and _likely(end[0])):
        return None
    first = start[0] if start[0].year or not end[0].year else replace(start[0], year=end[0].year)
    return Moment("between", first, end[0]), end[1] - index


def _likely(known: Partial) -> bool:
    """Whether it is a date, or a bare number that is a year from 1900 to 2099."""
    return known != Partial(known.year) or known.year is None or 1900 <= known.year <= 2099


def _partial(tokens: tuple[Token, ...], index: int, *, led: bool) -> tuple[Partial, int] | None:
    """A date at `index` and the index after it. `led`: a preposition precedes it, so "May" and 2013 are dates."""
    if index >= len(tokens) or tokens[index].quoted:
        return None
    token = tokens[index]
    if token.date:
        numbers = [int(part) for part in token.text.split("-")]
        known = Partial(numbers[0], None, numbers[1], numbers[2] if len(numbers) > 2 else None)
        return _checked(known, index + 1)
    if token.low.rstrip("s") in WEEKDAYS and led:
        return Partial(weekday=WEEKDAYS[token.low.rstrip("s")]), index + 1
    return _quarter(tokens, index) or _month(tokens, index, led=led) or (_year(tokens, index) if led else None)


def _checked(known: Partial, after: int) -> tuple[Partial, int] | None:
    try:
        replace(known, year=known.year or 2000).bounds()
    except ValueError:
        return None
    return known, after


def _year_number(tokens: tuple[Token, ...], index: int) -> int | None:
    if index < len(tokens) and len(tokens[index].text) == 4 and tokens[index].text.isdigit():
        year = int(tokens[index].text)
        return year if 1000 <= year <= 2999 else None
    return None


def bare_year(token: Token) -> int | None:
    """The year that a number of four digits likely is, without a preposition before it; else None."""
    year = _year_number((token,), 0)
    return year if year is not None and 1900 <= year <= 2099 and not token.quoted else None


def _year(tokens: tuple[Token, ...], index: int) -> tuple[Partial, int] | None:
    year = _year_number(tokens, index)
    return (Partial(year), index + 1) if year else None


def _with_year(known: Partial, tokens: tuple[Token, ...], index: int) -> tuple[Partial, int] | None:
    skip = index
    while skip < len(tokens) and tokens[skip].low in (",", "of", "in"):
        skip += 1
    year = _year_number(tokens, skip)
    return _checked(replace(known, year=year), skip + 1) if year else _checked(known, index)


def _quarter(tokens: tuple[Token, ...], index: int) -> tuple[Partial, int] | None:
    low = tokens[index].low
    if low in ("q1", "q2", "q3", "q4"):
        return _with_year(Partial(quarter=int(low[1])), tokens, index + 1)
    if low in _ORDINALS and index + 1 < len(tokens) and tokens[index + 1].low == "quarter":
        return _with_year(Partial(quarter=_ORDINALS[low]), tokens, index + 2)
    return None


def _month(tokens: tuple[Token, ...], index: int, *, led: bool) -> tuple[Partial, int] | None:
    day = _day(tokens, index)
    if day is not None:
        after = index + 1 + (index + 1 < len(tokens) and tokens[index + 1].low == "of")
        month = _month_number(tokens, after, led=True)
        return _with_year(Partial(month=month, day=day), tokens, after + 1) if month else None
    # Before a year "may" is a month, with or without a preposition.
    month = _month_number(tokens, index, led=led or _year_number(tokens, index + 1) is not None)
    if month is None:
        return None
    day = _day(tokens, index + 1)
    return _with_year(Partial(month=month, day=day), tokens, index + (2 if day else 1))


def _day(tokens: tuple[Token, ...], index: int) -> int | None:
    if index >= len(tokens):
        return None
    text = tokens[index].low
    digits = text[:-2] if text.endswith(("st", "nd", "rd", "th")) else text
    return int(digits) if digits.isdigit() and 1 <= int(digits) <= 31 else None


def _month_number(tokens: tuple[Token, ...], index: int, *, led: bool) -> int | None:
    if index >= len(tokens) or tokens[index].quoted:
        return None
    token = tokens[index]
    # "may", "march" and the short names are ordinary words too, unless a preposition leads or they are capitalized.
    plain = token.low in MONTHS and token.low not in ("may", "march")
    if not plain and not (led and (token.capital or token.low in MONTHS)):
        return None
    return MONTHS.get(token.low) or _SHORT.get(token.low.rstrip("."))


def bucket_at(tokens: tuple[Token, ...], index: int) -> tuple[Bucket, int] | None:
    """The unit of time that starts at `index` ("month", "day of the week", "hour of day"), and its tokens."""
    low = [singular(token.low) for token in tokens[index : index + 4]]
    for phrase, bucket in _PHRASES:
        if tuple(low[: len(phrase)]) == phrase:
            return bucket, len(phrase)
    found = BUCKETS.get(low[0]) if low and not tokens[index].quoted else None
    return (found, 1) if found else None


_PHRASES: tuple[tuple[tuple[str, ...], Bucket], ...] = (
    (("day", "of", "the", "week"), "weekday"),
    (("day", "of", "week"), "weekday"),
    (("hour", "of", "the", "day"), "hour"),
    (("hour", "of", "day"), "hour"),
    (("calendar", "month"), "month"),
    (("month", "of", "the", "year"), "month"),
)
