"""The words of a catalog: which phrases name which table, column or state of a column.

The phrases come from `name_entries` and `state_entries`.
"""

from buster_jobs.packages.ai.offline.reading.entries import Entry, score
from buster_jobs.packages.ai.offline.reading.name_entries import (
    ANY_PERSON,
    column_entries,
    derived_entries,
    table_entries,
)
from buster_jobs.packages.ai.offline.reading.readings import Reading, Tab
from buster_jobs.packages.ai.offline.reading.state_entries import state_entries
from buster_jobs.packages.ai.schema.comments import Remark, read_comment
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import JoinGraph
from buster_jobs.packages.ai.schema.names import expand
from buster_jobs.packages.ai.schema.words import split_name, stem
from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table


class Lexicon:
    """All entries of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.graph = JoinGraph(catalog)
        self.remarks: dict[tuple[str, str, str], Remark] = {}
        self.entries: list[Entry] = []
        for table in catalog.tables:
            self.entries += table_entries(table)
            for column in table.columns:
                remark = read_comment(column)
                self.remarks[table.schema, table.name, column.name] = remark
                self.entries += self._entries(table, column, remark)

    def _entries(self, table: Table, column: Column, remark: Remark) -> list[Entry]:
        if isinstance(column, Derived):
            return derived_entries(table, column)
        return [*column_entries(table, column, remark, self.graph), *state_entries(table, column, remark)]

    def remark(self, table: Table, column: Column) -> Remark:
        """What the column's comment says."""
        return self.remarks[table.schema, table.name, column.name]

    def stems(self, table: Table, column: Column) -> frozenset[str]:
        """The stems of the column's own words and of the noun phrase of its comment."""
        words = (*expand(split_name(column.name)), *self.remark(table, column).head)
        return frozenset(stem(word) for word in words)

    def vocabulary(self) -> dict[str, list[str]]:
        """Every word that names a table, a column or a state, by its stem."""
        found: dict[str, list[str]] = {}
        for word in dict.fromkeys(word for entry in self.entries for word in entry.words):
            if len(word) > 2 and word != ANY_PERSON:
                found.setdefault(stem(word), []).append(word)
        return found

    def table_stems(self) -> frozenset[str]:
        """The stems of the words that tables are called by."""
        return frozenset(stem(word) for e in self.entries if isinstance(e.reading, Tab) for word in e.words)

    def match(self, span: tuple[str, ...]) -> dict[Reading, float]:
        """What the lower-case words of a span can name, and how well (up to 1)."""
        words = expand(tuple(word for word in span if word not in ("of", "the")) or span)
        found: dict[Reading, float] = {}
        for entry in self.entries:
            fit = score(words, entry)
            if fit > found.get(entry.reading, 0.0):
                found[entry.reading] = fit
        return found
