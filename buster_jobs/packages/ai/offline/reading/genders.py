"""Words for men and women, read as the codes that a gender column stores, such as M and F."""

from collections.abc import Callable, Iterable

from buster_jobs.packages.ai.offline.reading.readings import Item, Reading, Tab, Val
from buster_jobs.packages.ai.schema.names import expand
from buster_jobs.packages.ai.schema.row_names import is_person
from buster_jobs.packages.ai.schema.words import split_name, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_WOMEN, _MEN = word_set("women woman female females"), word_set("men man male males")
# Used of animals as well as of people.
_OF_ANY = word_set("female females male males")
# Pairs of stored codes. A column must have both of one pair.
_CODES = (("f", "m"), ("female", "male"), ("woman", "man"), ("women", "men"))
_STORED = tuple(code for pair in _CODES for code in pair)

Span = tuple[int, int]
Readings = dict[Reading, float]
Pair = tuple[Table, Column, tuple[str, str]]
Values = Callable[[Table, Column, tuple[str, ...]], tuple[str, ...]]
"""Which of some lower-case values a column has, in its own spelling."""


def with_genders(
    found: dict[Span, Readings], items: list[Item], tables: Iterable[Table], values: Values
) -> dict[Span, Readings]:
    """The found readings, with words for men and women read as values of gender columns.

    Before a noun, such a word is about the noun's table. Elsewhere "female" and "male" are about the tables that the
    question names, or, when it names none, about all with a gender column.
    """
    tables = list(tables)
    asked = {at: item for at, item in enumerate(items) if item.text.lower() in _WOMEN | _MEN}
    told = [pair for table in tables for pair in _pairs(table, values)] if asked else []
    changed = dict(found)
    for at, item in asked.items():
        span, owner = (item.start, item.end), _named(items, at)
        readings = {**found.get(span, {}), **_readings(item.text.lower(), told)}
        allowed = [owner] if owner else _meant(item.text.lower(), items, tables, told)
        kept: Readings = {r: s for r, s in readings.items() if isinstance(r, Val) and r.table in allowed}
        changed.pop(span, None)
        changed |= {span: kept} if kept else {}
    return changed


def _named(items: list[Item], at: int) -> Table | None:
    following = items[at + 1].readings[:1] if at + 1 < len(items) else ()
    return next((reading.table for reading, _ in following if isinstance(reading, Tab)), None)


def _meant(word: str, items: list[Item], tables: list[Table], told: list[Pair]) -> list[Table]:
    if word not in _OF_ANY:
        return tables
    named = [r.table for item in items for r, _ in item.readings if isinstance(r, Tab)]
    unsure = any(_tells(column) for table in tables for column in table.columns if table not in [t for t, _, _ in told])
    return named or ([] if unsure else tables)


def _readings(word: str, told: list[Pair]) -> Readings:
    fitting = [pair for pair in told if word in _OF_ANY or is_person(pair[0])]
    return {Val(table, column, "=", (codes[word in _MEN],)): 1.0 for table, column, codes in fitting}


def _pairs(table: Table, values: Values) -> list[Pair]:
    return [(table, column, pair) for column in table.columns if (pair := _pair(table, column, values))]


def gender_notes(items: Iterable[Item]) -> list[str]:
    """Remarks on words for men and women that were read as another stored value."""
    notes: list[str] = []
    for item in items:
        held = item.readings[0][0] if item.readings else None
        if (
            isinstance(held, Val)
            and item.text.lower() in _WOMEN | _MEN
            and item.text.lower() not in map(str, held.values)
        ):
            notes.append(f"I read “{item.text}” as {held.table.name}.{held.column.name} = “{held.values[0]}”.")
    return list(dict.fromkeys(notes))


def _pair(table: Table, column: Column, values: Values) -> tuple[str, str] | None:
    """The stored values for women and for men of a gender column that has both; else None."""
    if not _tells(column):
        return None
    stored = {value.lower(): value for value in values(table, column, _STORED)}
    pairs = [(stored[woman], stored[man]) for woman, man in _CODES if woman in stored and man in stored]
    return pairs[0] if len(pairs) == 1 and len(stored) == 2 else None


def _tells(column: Column) -> bool:
    """Whether a column is called gender or sex."""
    return column.type == "text" and bool({"gender", "sex"} & set(expand(split_name(column.name))))
