"""Columns that can be computed of each row: how long something took, whether it was late, the age of a person."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from buster_jobs.packages.ai.schema.names import expand, has_status
from buster_jobs.packages.ai.schema.words import split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table

# Verbs of a start, each with the verbs of its end.
_SPANS = tuple(
    (frozenset(stem(word) for word in start.split()), frozenset(stem(word) for word in end.split()))
    for start, end in (
        ("start begin", "end finish complete stop"),
        ("open create receive report submit raise", "close resolve complete finish"),
        ("ship send sent dispatch", "deliver arrive receive"),
        ("order place", "ship deliver"),
        ("admit", "discharge release"),
        ("depart", "arrive"),
        ("checkin", "checkout"),
        ("request submit", "approve"),
        ("issue bill invoice", "pay settle"),
        ("borrow loan rent", "return"),
    )
)
_DUE = word_set("due promised expected required deadline eta estimated target")
_DONE = frozenset(map(stem, word_set("delivered arrived received returned paid settled completed finished resolved")))
_TIMES = frozenset({"at", "on", "date", "time", "ts", "timestamp", "datetime"})
# A table with such a column holds its own duration.
_SAID = frozenset({stem("duration"), stem("length"), "minut", "minutes", "hours", "seconds"})


@dataclass(frozen=True, slots=True)
class Derived(Column):
    """A computed column. `start` and `end` are columns of the table; `phrases` are what people call it.

    span: hours or days from `start` to `end`. late: `end` is after `start`. overdue: `end` is null although `start`
    is before `today`. age: whole years from `start` to `today`.
    """

    kind: Literal["span", "late", "overdue", "age"] = "span"
    start: str = ""
    end: str = ""
    phrases: tuple[tuple[str, ...], ...] = ()
    today: date = date.min


def with_derived(catalog: Catalog, today: date) -> Catalog:
    """The catalog with derived columns appended to those of each table."""
    return Catalog(tuple(replace(t, columns=(*t.columns, *derived_columns(t, today))) for t in catalog.tables))


def derived_columns(table: Table, today: date) -> list[Derived]:
    """The derived columns of a table, without those that it already holds as real ones."""
    dated = {verb: c for c in table.columns if c.type in ("date", "timestamp") and (verb := _verb(c))}
    return [*_spans(table, dated), *_late(table, dated, today), *_age(table, today)]


def _verb(column: Column) -> str:
    """The stem of the verb that names a date: "deliver" for delivered_at; empty when the name is more than one verb."""
    words = [word for word in expand(split_name(column.name)) if word not in _TIMES]
    if words[:2] in (["check", "in"], ["check", "out"]):
        return "".join(words[:2])
    return stem(words[0]) if len(words) == 1 else ""


def _spans(table: Table, dated: dict[str, Column]) -> list[Derived]:
    named = {stem(word) for column in table.columns for word in expand(split_name(column.name))}
    found = [(a, b) for a in dated for b in dated for start, end in _SPANS if a in start and b in end]
    if named & _SAID or not found:
        return []
    return [_span(dated[a], dated[b], a, b, only=len(found) == 1) for a, b in dict.fromkeys(found)]


def _span(start: Column, end: Column, began: str, ended: str, *, only: bool) -> Derived:
    unit = "days" if "date" in (start.type, end.type) else "hours"
    phrases = [("time", "from", began, "to", ended), ("time", "between", began, "and", ended), (ended, "time")]
    phrases += [("time", "to", ended), ("time", "until", ended), ("time", "take", "to", ended)]
    phrases += [("duration",), ("length",), ("how", "long"), ("long",), ("time", "take")] if only else []
    said = f"{'duration' if only else 'time'} from {_plain(start)} to {_plain(end)} in {unit}"
    name = f"duration_{unit}" if only else f"{unit}_from_{start.name}_to_{end.name}"
    return Derived(name, "double precision", "number", True, said, "span", start.name, end.name, tuple(phrases))


def _late(table: Table, dated: dict[str, Column], today: date) -> list[Derived]:
    due = [c for c in table.columns if c.type in ("date", "timestamp") and set(expand(split_name(c.name))) & _DUE]
    done = [column for verb, column in dated.items() if verb in _DONE]
    if len(due) != 1 or len(done) != 1 or "late" in {word for c in table.columns for word in split_name(c.name)}:
        return []
    said = f"{_plain(done[0])} after {_plain(due[0])}"
    late = Derived("late", "boolean", "boolean", True, said, "late", due[0].name, done[0].name, (("late",),))
    return [late, *_overdue(table, due[0], done[0], today)]


def _overdue(table: Table, due: Column, done: Column, today: date) -> list[Derived]:
    """Rows that are due and still open. Left out where a status exists, which may say that a row was cancelled."""
    if (
        not done.nullable
        or has_status(table)
        or "overdue" in {word for c in table.columns for word in split_name(c.name)}
    ):
        return []
    said = f"not {_plain(done)} though {_plain(due)} before {today}"
    phrases = (("overdue",), ("past", "due"))
    return [Derived("overdue", "boolean", "boolean", True, said, "overdue", due.name, done.name, phrases, today)]


def _age(table: Table, today: date) -> list[Derived]:
    words = [set(expand(split_name(column.name))) for column in table.columns]
    born = [
        column
        for column, own in zip(table.columns, words, strict=True)
        if column.type == "date" and own & {"birth", "birthdate", "born", "birthday"}
    ]
    if len(born) != 1 or any("age" in own for own in words):
        return []
    return [Derived("age", "integer", "number", True, "age in years", "age", born[0].name, "", (("age",),), today)]


def _plain(column: Column) -> str:
    return " ".join(word for word in expand(split_name(column.name)) if word not in _TIMES)
