"""Cuts a question into spans, each with its possible readings. A span without readings is unknown."""

from datetime import date
from decimal import Decimal

from buster_jobs.packages.ai.offline.reading import english
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import (
    Agg,
    Cmp,
    Col,
    Glue,
    Item,
    Mark,
    Most,
    Num,
    Reading,
    Superlative,
    Tab,
    Time,
    Unit,
    Val,
)
from buster_jobs.packages.ai.offline.reading.relative_times import relative_at
from buster_jobs.packages.ai.offline.reading.thesaurus import LIGHT
from buster_jobs.packages.ai.offline.reading.times import Moment, Partial, bare_year, bucket_at, moment_at
from buster_jobs.packages.ai.offline.reading.tokens import Token, number_at
from buster_jobs.packages.ai.schema.units import UNITS, unit_named

_LONGEST = 5
_KEEP = 0.3
_MARKS = (
    ("ask", english.ASK, 1.0),
    ("not", english.NOT, 1.0),
    ("null", english.NULL, 1.0),
    ("distinct", english.DISTINCT, 1.0),
    ("rate", frozenset({"rate"}), 0.9),
    ("role", english.ROLE_VERBS, 0.8),
    ("compare", english.COMPARE, 0.9),
    ("change", english.CHANGE, 0.8),
    ("more", english.MORE, 0.5),
)

Readings = dict[Reading, float]


class Linker:
    """Links the tokens of one question. `values` are readings of spans that were found in the data."""

    def __init__(
        self, tokens: tuple[Token, ...], lexicon: Lexicon, values: dict[tuple[int, int], Readings], today: date
    ) -> None:
        self.tokens, self.lexicon, self.values, self.today = tokens, lexicon, values, today
        remarked = {unit_named(unit.split()[0]) for r in lexicon.remarks.values() if (unit := r.unit)}
        self.units = UNITS | remarked

    def link(self) -> list[Item]:
        """The items in order; an item without readings is unknown."""
        items: list[Item] = []
        index = 0
        while index < len(self.tokens):
            item = self._item(index)
            items.append(item)
            index = item.end
        return items

    def _item(self, index: int) -> Item:
        spans: dict[int, Readings] = {}
        for end, readings in (*self._schema(index), *self._operators(index), *self._found(index)):
            for reading, score in readings.items():
                spans.setdefault(end, {})[reading] = max(score, spans.get(end, {}).get(reading, 0.0))
        end = max(spans, default=index + 1)
        readings = spans.get(end, {})
        if any(isinstance(reading, Unit) for reading in readings):
            # "month" is rather the unit of time than a column of that name.
            readings = {r: min(s, 0.7) if isinstance(r, Col) else s for r, s in readings.items()}
        if any(isinstance(reading, Tab) and score >= 1 for reading, score in readings.items()):
            # "orders" is the table and not a column such as ordered_on.
            readings = {r: s for r, s in readings.items() if not isinstance(r, Col) or s >= 0.85}
        if (index, end) in self.values:
            # A value such as IT, which differs from a small word by its capitals.
            readings = {reading: score for reading, score in readings.items() if not isinstance(reading, Glue)}
        best = max(readings.values(), default=0.0)
        kept = sorted(((r, s) for r, s in readings.items() if s >= best - _KEEP), key=lambda pair: -pair[1])[:60]
        text = " ".join(token.text for token in self.tokens[index:end])
        return Item(index, end, text, tuple(kept))

    def _found(self, index: int) -> list[tuple[int, Readings]]:
        return [(end, readings) for (start, end), readings in self.values.items() if start == index]

    def _schema(self, index: int) -> list[tuple[int, Readings]]:
        found: list[tuple[int, Readings]] = []
        for end in range(index + 1, min(index + _LONGEST, len(self.tokens)) + 1):
            span = self.tokens[index:end]
            low = tuple(token.low for token in span)
            edge = {low[0], low[-1]} & english.HARD_GLUE
            if (
                edge
                or (len(low) > 1 and low[:2] in english.AGGREGATES)
                or any(t.quoted or t.date or t.number is not None for t in span)
                or "," in low
            ):
                continue
            if readings := self.lexicon.match(low):
                found.append((end, readings))
        return found

    def _operators(self, index: int) -> list[tuple[int, Readings]]:
        if self.tokens[index].quoted:
            return []
        found: list[tuple[int, Readings]] = []
        for length in (1, 2, 3, 4):
            if index + length <= len(self.tokens):
                low = tuple(token.low for token in self.tokens[index : index + length])
                found += [(index + length, readings) for readings in [_phrase(low)] if readings]
        found += self._ranked(index) + self._compared(index) + self._of_all(index)
        if moment := relative_at(self.tokens, index, self.today) or moment_at(self.tokens, index):
            found.append((index + moment[1], {Time(moment[0]): 1.0}))
        elif (year := bare_year(self.tokens[index])) is not None:
            found.append((index + 1, {Time(Moment("in", Partial(year))): 0.85}))
        if bucket := bucket_at(self.tokens, index):
            adverb = self.tokens[index].low.endswith("ly")
            found.append((index + bucket[1], {Unit(bucket[0], adverb): 0.95}))
        if not any(end > index for end, r in found if not _is_year(r)) and (number := number_at(self.tokens, index)):
            found.append((index + number[1], {Num(number[0]): 0.9}))
        return found

    def _of_all(self, index: int) -> list[tuple[int, Readings]]:
        """Readings of "in our catalogue" at the end of a question, where the catalog has no such name: all rows."""
        low = tuple(token.low for token in self.tokens[index:])
        of_all = len(low) == 3 and low[0] in ("in", "on") and low[1] in ("the", "our") and low[2] in english.WHOLE
        return [(index + 3, {Glue("overall"): 1.0})] if of_all and not self.lexicon.match(low[2:]) else []

    def _ranked(self, index: int) -> list[tuple[int, Readings]]:
        count = number_at(self.tokens, index)
        start = index + (count[1] if count else 0)
        found: list[tuple[int, Readings]] = []
        for length in (1, 2):
            low = tuple(token.low for token in self.tokens[start : start + length])
            rank = english.superlative(low) if len(low) == length else None
            if rank is None:
                continue
            end, limit = start + length, int(count[0]) if count else None
            if limit is None and end < len(self.tokens) and (after := number_at(self.tokens, end)):
                limit, end = int(after[0]), end + after[1]
            if limit is None or 0 < limit <= 1_000:
                found.append((end, {Most(rank, limit): 1.0}))
        return found

    def _compared(self, index: int) -> list[tuple[int, Readings]]:
        found: list[tuple[int, Readings]] = []
        for length in (1, 2, 3):
            low = tuple(token.low for token in self.tokens[index : index + length])
            op, adjective = english.COMPARISONS.get(low), None
            if op is None and len(low) > 1 and low[-1] == "than" and (adjective := english.comparative(low[:-1])):
                op = ">" if adjective.descending else "<"
            if op and len(low) == length and (cmp := self._numbers(index + length, op, adjective, 1)):
                found.append(cmp)
        if (sized := self._sized(index)) is not None:
            found.append(sized)
        if self.tokens[index].low == "between" and (cmp := self._numbers(index + 1, "between", None, 2)):
            found.append(cmp)
        return found

    def _sized(self, index: int) -> tuple[int, Readings] | None:
        """An exact size before a noun, its unit in the singular: "a 60 second clip", "30-minute calls"."""
        low = [token.low for token in self.tokens[index : index + 3]]
        number = self.tokens[index].number
        if number is None or len(low) < 3 or len(low[1]) < 3 or low[1] == "year" or low[2] in english.GLUE:
            return None
        unit = "" if low[1].endswith("s") else unit_named(low[1])
        return (index + 2, {Cmp("=", (number,), None, unit): 1.0}) if unit in self.units else None

    def _numbers(self, start: int, op: str, adjective: Superlative | None, count: int) -> tuple[int, Readings] | None:
        numbers: list[Decimal] = []
        index, unit = start, None
        for _ in range(count):
            if numbers and (index >= len(self.tokens) or self.tokens[index].low not in ("and", "to")):
                return None
            index += bool(numbers)
            before = unit_named(self.tokens[index].low) if index < len(self.tokens) else ""
            led = before in ("dollar", "euro", "gbp") and self.tokens[index].low not in ("pound",)
            index += led
            unit = before if led else unit
            found = self._quantity(index) if index < len(self.tokens) else None
            if found is None:
                return None
            numbers.append(found[0])
            index += found[1]
            unit, index = self._unit(index, unit)
            at = index - (unit == "year")
            if adjective is None and [token.low for token in self.tokens[at : at + 2]] == ["years", "old"]:
                adjective, unit, index = english.ADJECTIVES["old"], None, at + 2
            if adjective is not None and "age" in adjective.dimensions:
                index += self.tokens[index].low in ("years", "year") if index < len(self.tokens) else 0
        return index, {Cmp(op, tuple(numbers), adjective, unit): 1.0}

    def _quantity(self, index: int) -> tuple[Decimal, int] | None:
        """A number and its tokens; "half an" and "an" are numbers before a unit."""
        low = tuple(token.low for token in self.tokens[index : index + 2])
        for phrase, number in ((("half", "an"), "0.5"), (("half", "a"), "0.5"), (("an",), "1"), (("a",), "1")):
            after = index + len(phrase)
            if low[: len(phrase)] == phrase and self._unit(after, None)[0] is not None:
                return Decimal(number), len(phrase)
        return number_at(self.tokens, index)

    def _unit(self, index: int, unit: str | None) -> tuple[str | None, int]:
        low = unit_named(self.tokens[index].low) if index < len(self.tokens) else ""
        known = low in self.units or low == "%"
        return (low, index + 1) if known else (unit, index)


def _is_year(readings: Readings) -> bool:
    return any(isinstance(reading, Time) and score < 1 for reading, score in readings.items())


def _phrase(low: tuple[str, ...]) -> Readings:
    readings: Readings = {}
    if low in english.AGGREGATES:
        readings[Agg(english.AGGREGATES[low])] = 1.0
    if low in english.PER:
        readings[Mark("per", low[0])] = 1.0
    if len(low) > 1:
        return readings
    word = " ".join(low)
    readings |= {Mark(kind, word): score for kind, words, score in _MARKS if word in words}
    if word in english.GLUE and not readings:
        readings[Glue(word)] = 1.0
    elif word in LIGHT:
        readings[Glue(word)] = 0.6
    return readings


def needs_lookup(item: Item) -> bool:
    """Whether the span may mean a value of the data."""
    if not item.readings:
        return True
    return any(isinstance(reading, Val) for reading, _ in item.readings) and not any(
        isinstance(reading, Col) and score >= 1 for reading, score in item.readings
    )
