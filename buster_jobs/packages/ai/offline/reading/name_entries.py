"""Phrases that name tables and columns: their names, short forms of these, and what their comments call them."""

from collections.abc import Iterator

from buster_jobs.packages.ai.offline.reading.english import GLUE
from buster_jobs.packages.ai.offline.reading.entries import Entry, cut, last
from buster_jobs.packages.ai.offline.reading.readings import Col, Tab, Val
from buster_jobs.packages.ai.schema.comments import UNIT_SUFFIXES, Remark, head_phrase, other_names
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import JoinGraph
from buster_jobs.packages.ai.schema.names import KEY_WORDS, bare_table_words, expand, table_words
from buster_jobs.packages.ai.schema.row_names import is_person
from buster_jobs.packages.ai.schema.words import singular, split_name
from buster_jobs.packages.data_sources.catalog import Column, Table

_TIME_SUFFIXES = frozenset({"at", "on", "date", "time", "ts", "timestamp", "datetime"})
_AMOUNTS = frozenset({"quantity", "count", "number", "amount", "total", "value"})

# Words that people add to a short name: "email address".
_FULLER = {"email": "address", "phone": "number", "mobile": "number", "fax": "number"}

Words = tuple[str, ...]


# Matches any table of people: the question word "who" is replaced by it.
ANY_PERSON = "(who)"


def column_entries(table: Table, column: Column, remark: Remark, graph: JoinGraph) -> list[Entry]:
    """The entries of a column: its whole name, short forms of it, its comment. The first of equal phrases counts."""
    words = expand(split_name(column.name))
    # A word that names a table and one of its columns rarely means the column.
    same = "".join(map(singular, words)) == "".join(map(singular, split_name(table.name)))
    phrases = {words: (last(words), 0.85 if same else 1.0)}
    for short, weight in _short_names(table, column, words, graph):
        phrases.setdefault(short, (last(short), weight))
    for phrase, noun, weight in _remarked(column, remark):
        phrases.setdefault(phrase, (noun, weight))
    reading = Col(table, column)
    found = [Entry(reading, phrase, noun, weight) for phrase, (noun, weight) in phrases.items() if phrase]
    return [*found, *(Entry(reading, phrase, last(phrase), 0.9, whole=True) for phrase in _longer(table, words))]


def _longer(table: Table, words: Words) -> Iterator[Words]:
    """Longer names: "performance rating" for a rating in performance_reviews, "email address" for an email."""
    if fuller := _FULLER.get(last(words)):
        yield (*words, fuller)
    kind = table_words(table)[:-1]
    if kind and not set(kind) & set(words):
        yield (*kind, *words)


def _remarked(column: Column, remark: Remark) -> Iterator[tuple[Words, str, float]]:
    """What the comment calls the column: phrases, each with its noun and its weight."""
    head = cut(remark.head)
    happened = len(head) > 1 and last(head).endswith("ed")
    noun = last(head[:-1] if happened else head)
    yield head, noun, 0.97
    if happened and column.type in ("integer", "date", "timestamp"):
        # "Year manufactured" is also called "manufactured".
        yield head[-1:], last(head), 0.96
    for other in remark.others:
        yield other, other[-1], 0.96
    full = tuple(word for word in remark.head if word not in GLUE)
    yield full, noun or last(full), 0.96


def _short_names(table: Table, column: Column, words: Words, graph: JoinGraph) -> Iterator[tuple[Words, float]]:
    """The name without a suffix of kind or unit: "customer" of customer_id, "shipped" of shipped_at."""
    hop = graph.target(table, column.name)
    bare = tuple(word for word in words if word not in KEY_WORDS)
    if hop is not None:
        target = {singular(word) for word in split_name(hop.target.name)}
        yield tuple(word for word in bare if singular(word) not in target), 0.98
        return
    if bare != words and last(bare) != last(words) and column.name not in table.primary_key:
        yield bare, 0.9
    if _is_timed(table, column, words):
        yield words[:-1], 0.9
    if len(words) > 1 and column.type in ("integer", "number"):
        yield from _short_numbers(table, column, words)


def _is_timed(table: Table, column: Column, words: Words) -> bool:
    """Whether the name is a verb and "at", "date" or "year": shipped_at."""
    own = {singular(word) for word in split_name(table.name)}
    timed = column.type in ("date", "timestamp") and last(words) in _TIME_SUFFIXES
    timed = timed or (column.type == "integer" and len(words) > 1 and last(words) == "year")
    return timed and not own & {singular(word) for word in words}


def _short_numbers(table: Table, column: Column, words: Words) -> Iterator[tuple[Words, float]]:
    if last(words) in _AMOUNTS and tuple(map(singular, words[:-1])) != table_words(table):
        yield words[:-1], 0.85
    if last(split_name(column.name)) in UNIT_SUFFIXES:
        yield words[:-1], 0.98


def derived_entries(table: Table, column: Derived) -> list[Entry]:
    """The entries of a derived column: its own phrases."""
    state = Val(table, column, "=", (True,), stated=True)
    reading = state if column.type == "boolean" else Col(table, column)
    return [Entry(reading, phrase, phrase[-1], 0.9, whole=True) for phrase in column.phrases]


def table_entries(table: Table) -> list[Entry]:
    """The entries of a table: its name, the names in its comment, and "who" for a table of people."""
    words = bare_table_words(table)
    entries = [Entry(Tab(table), words, last(words))]
    head = cut(head_phrase(table.comment))
    if 1 <= len(head) <= 3 and not set(head) & GLUE:
        entries.append(Entry(Tab(table), head, head[-1], 0.9, whole=True))
    others = other_names(table.comment)
    entries += [Entry(Tab(table), name, name[-1], 0.95, whole=True) for name in others]
    if is_person(table):
        entries.append(Entry(Tab(table), (ANY_PERSON,), ANY_PERSON, 0.9, whole=True))
    return entries
