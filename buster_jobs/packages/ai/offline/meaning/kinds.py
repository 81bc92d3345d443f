"""Rows that are called by a value of theirs: "how many dogs" counts the rows of which a column says "dog"."""

from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Tab, Val
from buster_jobs.packages.ai.schema.row_names import is_person, naming_columns
from buster_jobs.packages.ai.schema.words import singular
from buster_jobs.packages.data_sources.catalog import Table


def counted_kind(slots: Slots, index: int, lexicon: Lexicon) -> Table | None:
    """The table whose rows "how many", at `index`, counts by the noun that follows; None where that names no value."""
    after = slots.after(index, skip=frozenset({"of", "the", "our"}))
    held = slots.readings[after] if after is not None else None
    if after is None or not isinstance(held, Val) or held.stated or not _is_plural(slots, after):
        return None
    follower = slots.after(after, skip=frozenset())
    # "how many part-time employees": the noun follows.
    if slots.is_free(follower, Tab):
        return None
    return _people_of(held.table, lexicon) if held.column in naming_columns(held.table) else held.table


def _people_of(kind: Table, lexicon: Lexicon) -> Table | None:
    """Who refers to a row that has the value for its name, such as a job's title. Of things the row is one itself."""
    owners = [
        table for table in lexicon.graph.tables.values() for hop in lexicon.graph.hops(table) if hop.target == kind
    ]
    return owners[0] if len(owners) == 1 and is_person(owners[0]) and not is_person(kind) else None


def _is_plural(slots: Slots, index: int) -> bool:
    last = slots.items[index].text.lower().split()[-1]
    return singular(last) != last
