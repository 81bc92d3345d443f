"""Finds words of a question among the values of text columns, with bounded read-only queries."""

from collections.abc import Iterable

from sqlglot import exp

from buster_jobs.packages.ai.offline.reading.genders import with_genders
from buster_jobs.packages.ai.offline.reading.linker import Readings, needs_lookup
from buster_jobs.packages.ai.offline.reading.readings import Item, Reading, Tab, Time, Val
from buster_jobs.packages.ai.offline.reading.tokens import Token
from buster_jobs.packages.ai.schema.joins import MAX_HOPS, JoinGraph
from buster_jobs.packages.ai.schema.known_values import KnownValues
from buster_jobs.packages.ai.schema.names import expand
from buster_jobs.packages.ai.schema.sql_names import column_of, table_as
from buster_jobs.packages.ai.schema.words import singular, split_name
from buster_jobs.packages.data_sources.catalog import Column, Table
from buster_jobs.packages.data_sources.source import DataSource, QueryResult
from buster_jobs.packages.errors import BusterError, Unavailable

_LONGEST = 5
_MAX_COLUMNS = 80
_SECONDS = 5.0
_NAMES = frozenset({"name", "title", "label", "fullname", "firstname", "lastname", "surname"})

# The score of a span if the singular of its noun is the value: "students" for a stored "student".
_SINGULAR = 0.9

Span = tuple[int, int]
Phrases = dict[str, list[tuple[Span, float]]]
"""The spans of each phrase, with their scores."""


_Name = tuple[str, str]


class ValueFinder:
    """Looks up the phrases of questions that the catalog leaves unknown.

    `known` values spare a query, unless a word stays unknown: it may be newer than the statistics.
    """

    def __init__(self, source: DataSource, graph: JoinGraph, known: KnownValues | None = None) -> None:
        self.source, self.graph, self.known = source, graph, known or KnownValues({})

    def find(self, question: str, tokens: tuple[Token, ...], items: list[Item]) -> dict[Span, Readings]:
        """Readings of spans as values: values that equal the phrase, else values that begin with it."""
        phrases = _phrases(question, tokens, items)
        if not phrases:
            return {}
        near, far = _concerned_tables(items, self.graph)
        found = self._among(near, phrases, items)
        found = with_genders(found, items, near, self._stored)
        if far and (unexplained := _unexplained(phrases, items, found)):
            found |= self._among(far, unexplained, items)
        return found

    def _among(self, tables: tuple[Table, ...], phrases: Phrases, items: list[Item]) -> dict[Span, Readings]:
        self.known.fetch(tables)
        columns, keys = self._columns(tables, keys=False), self._columns(tables, keys=True)
        found = self._search(phrases, columns)
        missing = {p: places for p, places in phrases.items() if not any(span in found for span, _ in places)}
        if missing:
            found |= self._search(missing, keys)
        if unexplained := _unexplained(phrases, items, found):
            remembered = [pair for pair in (*columns, *keys) if self.known.of(*pair) is not None][:_MAX_COLUMNS]
            found |= self._search(unexplained, remembered, afresh=True)
        return found

    def _search(
        self, phrases: Phrases, columns: list[tuple[Table, Column]], *, afresh: bool = False
    ) -> dict[Span, Readings]:
        found: dict[Span, Readings] = {}
        for table, column in columns:
            naming = _is_naming(column)
            kept = None if afresh else self.known.of(table, column)
            if kept is None:
                values = self._values(table, column, tuple(phrases), prefixes=naming)
            else:  # the values that a query would find
                values = kept if naming else tuple(value for value in kept if value.lower() in phrases)
            for phrase, places in phrases.items():
                reading = _reading(table, column, phrase, values)
                if reading is None:
                    continue
                for span, worth in places:
                    if worth == 1.0 or reading[1] == 1.0:
                        found.setdefault(span, {})[reading[0]] = min(reading[1], worth)
        return found

    def _columns(self, tables: tuple[Table, ...], *, keys: bool) -> list[tuple[Table, Column]]:
        chosen: list[tuple[Table, Column]] = []
        for table in tables:
            references = {name for key in table.foreign_keys for name in key.columns if len(key.columns) == 1}
            for column in table.columns:
                if (column.name in references) == keys and _is_textual(column):
                    chosen.append((table, column))
        chosen.sort(key=lambda pair: pair[0].row_count)
        asked = [pair for pair in chosen if self.known.of(*pair) is None][:_MAX_COLUMNS]
        return [pair for pair in chosen if pair in asked or self.known.of(*pair) is not None]

    def _stored(self, table: Table, column: Column, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Which of some lower-case values the column has, in its own spelling."""
        kept = self.known.of(table, column)
        if kept is None:
            return self._values(table, column, wanted, prefixes=False)
        return tuple(value for value in kept if value.lower() in wanted)

    def _values(self, table: Table, column: Column, phrases: tuple[str, ...], *, prefixes: bool) -> tuple[str, ...]:
        sql = _lookup_sql(table, column, phrases, prefixes=prefixes, dialect=self.source.dialect)
        try:
            result: QueryResult = self.source.query(sql, max_rows=200, timeout=_SECONDS)
        except Unavailable:
            raise
        except BusterError:
            # A column that takes too long leaves its word unknown, so that the question is declined.
            return ()
        return tuple(str(row[0]) for row in result.rows)


def _is_naming(column: Column) -> bool:
    """Whether the column holds what rows are called: name, title, label."""
    return column.type == "text" and bool(_NAMES & set(expand(split_name(column.name))))


def _is_textual(column: Column) -> bool:
    return column.type == "text" or (column.type == "other" and column.sql_type.isidentifier())


def _phrases(question: str, tokens: tuple[Token, ...], items: list[Item]) -> Phrases:
    wanted: set[int] = set()
    for item in items:
        times = any(isinstance(reading, Time) for reading, _ in item.readings)
        named = item.start > 0 and tokens[item.start].capital and not times
        if needs_lookup(item) or named:
            wanted |= set(range(item.start, item.end))
    phrases: Phrases = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
            span = tokens[start:end]
            if wanted & set(range(start, end)) and span[0].low not in (",", "the") and span[-1].low not in (",", "the"):
                plain = span[0].quoted and len(span) == 1
                phrase = span[0].low if plain else " ".join(question[span[0].start : span[-1].end].lower().split())
                phrases.setdefault(phrase, []).append(((start, end), 1.0))
                if not plain and (one := _of_one(phrase)) != phrase:
                    phrases.setdefault(one, []).append(((start, end), _SINGULAR))
    return phrases


def _of_one(phrase: str) -> str:
    """The phrase with its last word in the singular."""
    before, space, last = phrase.rpartition(" ")
    return f"{before}{space}{singular(last)}"


def _unexplained(phrases: Phrases, items: list[Item], found: dict[Span, Readings]) -> Phrases:
    """The phrases around words that are still unknown."""
    told = {place for start, end in found for place in range(start, end)}
    words = {place for item in items if not item.readings for place in range(item.start, item.end)} - told
    return {
        phrase: places for phrase, places in phrases.items() if any(words & set(range(*span)) for span, _ in places)
    }


def _reading(table: Table, column: Column, phrase: str, values: tuple[str, ...]) -> tuple[Reading, float] | None:
    exact = tuple(sorted(value for value in values if value.lower() == phrase))
    if exact:
        return Val(table, column, "in" if len(exact) > 1 else "=", exact), 1.0
    opening = tuple(sorted(value for value in values if value.lower().startswith(phrase + " ")))
    if len(opening) == 1 and len(phrase) >= 3:
        return Val(table, column, "=", opening), 0.8
    # Several values begin with the phrase: the analyst asks which one is meant.
    return (Val(table, column, "several", opening), 0.8) if opening and len(phrase) >= 3 else None


def _concerned_tables(items: Iterable[Item], graph: JoinGraph) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """The tables that a plan can join with a table that the question names, and the others.

    A question that names no table can concern all of them.
    """
    named = {_name(reading.table) for item in items for reading, _ in item.readings if isinstance(reading, Tab)}
    reached = _reached(_reached(named, _owners(graph)), _targets(graph)) if named else set(graph.tables)
    near = tuple(table for name, table in graph.tables.items() if name in reached)
    return near, tuple(table for name, table in graph.tables.items() if name not in reached)


def _reached(start: set[_Name], steps: dict[_Name, set[_Name]]) -> set[_Name]:
    """All names that at most `MAX_HOPS` steps lead to, the length of a path in a plan."""
    reached, last = set(start), set(start)
    for _ in range(MAX_HOPS):
        last = {other for name in last for other in steps.get(name, ())} - reached
        reached |= last
    return reached


def _targets(graph: JoinGraph) -> dict[_Name, set[_Name]]:
    return {name: {_name(hop.target) for hop in graph.hops(table)} for name, table in graph.tables.items()}


def _owners(graph: JoinGraph) -> dict[_Name, set[_Name]]:
    owners: dict[_Name, set[_Name]] = {}
    for name, targets in _targets(graph).items():
        for target in targets:
            owners.setdefault(target, set()).add(name)
    return owners


def _name(table: Table) -> _Name:
    return table.schema, table.name


def _lookup_sql(table: Table, column: Column, phrases: tuple[str, ...], *, prefixes: bool, dialect: str) -> str:
    """A query for at most 100 values of a column that equal a lower-case phrase or, with `prefixes`, begin with one."""
    own = column_of(table.name, column.name)
    lower = exp.Lower(this=exp.cast(own.copy(), "text"))
    test: exp.Expr = exp.In(this=lower, expressions=[exp.Literal.string(phrase) for phrase in phrases])
    if prefixes:
        likes = [exp.Like(this=lower.copy(), expression=exp.Literal.string(_like(p))) for p in phrases if len(p) > 2]
        test = exp.or_(test, *likes)
    query = exp.select(own).distinct().from_(table_as(table, table.name)).where(test).limit(100)
    return query.sql(dialect=dialect)


def _like(phrase: str) -> str:
    return phrase.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + " %"
