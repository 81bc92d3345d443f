"""Men and women against what a column for their gender stores, such as M and F. Guesses no column and no code."""

from collections.abc import Callable, Iterable

from buster_jobs.packages.ai.offline.names import expand
from buster_jobs.packages.ai.offline.readings import Item, Reading, Tab, Val
from buster_jobs.packages.ai.offline.words import split_name, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_WOMEN, _MEN = word_set("women woman female females"), word_set("men man male males")
# Of animals and plugs as well as of people: only of what the question names.
_OF_NAMED = word_set("female females male males")
# What is stored for each, where both are.
_CODES = (("f", "m"), ("female", "male"), ("woman", "man"), ("women", "men"))
_STORED = tuple(code for pair in _CODES for code in pair)

Span = tuple[int, int]
Values = Callable[[Table, Column, tuple[str, ...]], tuple[str, ...]]
"""Which of some lower-case values a column has, in the spellings that it has."""


def gendered(items: Iterable[Item], tables: Iterable[Table], values: Values) -> dict[Span, dict[Reading, float]]:
    """Readings of unexplained words for men and women, of the columns that tell them apart."""
    every = list(items)
    asked = [item for item in every if not item.readings and item.text.lower() in _WOMEN | _MEN]
    if not asked:
        return {}
    named = [reading.table for item in every for reading, _ in item.readings if isinstance(reading, Tab)]
    told = [
        (table, column, pair) for table in tables for column in table.columns if (pair := _pair(table, column, values))
    ]
    found: dict[Span, dict[Reading, float]] = {}
    for item in asked:
        for table, column, pair in told:
            if table not in named and item.text.lower() in _OF_NAMED:
                continue
            code = pair[item.text.lower() in _MEN]
            found.setdefault((item.start, item.end), {})[Val(table, column, "=", (code,))] = 1.0
    return found


def gender_notes(items: Iterable[Item]) -> list[str]:
    """How a word for men or women was read, where the data say it otherwise."""
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
    """What the column has for women and for men, when its name says that it tells them apart and it has both."""
    if column.type != "text" or not {"gender", "sex"} & set(expand(split_name(column.name))):
        return None
    stored = {value.lower(): value for value in values(table, column, _STORED)}
    pairs = [(stored[woman], stored[man]) for woman, man in _CODES if woman in stored and man in stored]
    return pairs[0] if len(pairs) == 1 and len(stored) == 2 else None
