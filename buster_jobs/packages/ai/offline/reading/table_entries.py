"""What tables are called. Columns are next door."""

from buster_jobs.packages.ai.offline.reading.english import GLUE
from buster_jobs.packages.ai.offline.reading.entries import Entry, cut, last
from buster_jobs.packages.ai.offline.reading.readings import Tab
from buster_jobs.packages.ai.schema.comments import head_phrase, other_names
from buster_jobs.packages.ai.schema.names import bare_table_words
from buster_jobs.packages.ai.schema.row_names import is_person
from buster_jobs.packages.data_sources.catalog import Table

# Stands for any table of people: what "who" asks for.
SOMEBODY = "(who)"


def table_entries(table: Table) -> list[Entry]:
    """By its name, by the head of its comment and what that says it is called too; people by "who"."""
    words = bare_table_words(table)
    entries = [Entry(Tab(table), words, last(words))]
    head = cut(head_phrase(table.comment))
    if 1 <= len(head) <= 3 and not set(head) & GLUE:
        entries.append(Entry(Tab(table), head, head[-1], 0.9, whole=True))
    others = other_names(table.comment)
    entries += [Entry(Tab(table), name, name[-1], 0.95, whole=True) for name in others]
    if is_person(table):
        entries.append(Entry(Tab(table), (SOMEBODY,), SOMEBODY, 0.9, whole=True))
    return entries
