"""Superlatives that rank groups: "the most common colour", "top 5 customers by orders"."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantGroup, WantMeasure
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.meaning.superlatives import as_group, limit_of
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Agg, Col, Mark, Most, Tab, Unit
from buster_jobs.packages.ai.offline.reading.thesaurus import ADDITIVE
from buster_jobs.packages.ai.schema.row_names import naming_columns


def rank_by_count(
    slots: Slots, draft: Draft, target: int | None, most: Most, lexicon: Lexicon, *, popular: bool
) -> None:
    """Rank groups by their number of rows: "the most common colour". `popular`: the question says "popular"."""
    if target is not None and slots.is_free(target, (Tab, Col, Unit)):
        draft.groups.insert(0, _kinds(slots, as_group(slots, target), lexicon))
    if popular and draft.groups and draft.groups[0].table and not slots.free(Tab):
        raise Misread("I do not know what makes one popular; say for example “with the most …”", weight=4)
    if not draft.groups:
        raise Misread("I do not see what is to be ranked", weight=3)
    table = next((slots.readings[i] for i in slots.free(Tab)), None)
    if not any(isinstance(slots.readings[i], Agg) for i in slots.free(Agg)):
        draft.measures.append(WantMeasure("count", table=table.table if isinstance(table, Tab) else None))
    draft.rank = (most.superlative.descending, limit_of(most, draft.groups))


def _kinds(slots: Slots, group: WantGroup, lexicon: Lexicon) -> WantGroup:
    """A group by the names of rows if rows of no other table can be counted: "the most common diagnosis"."""
    if group.table is None or slots.free(Tab):
        return group
    if any(hop.target == group.table for table in lexicon.graph.tables.values() for hop in lexicon.graph.hops(table)):
        return group
    called = naming_columns(group.table) or [c for c in group.table.columns if c.name.lower() == "description"]
    referred = any(other != group.table for other in slots.tables())
    return replace(group, table=None, want=Want(group.table, called[0])) if len(called) == 1 and not referred else group


def rank_by_rows(slots: Slots, draft: Draft, target: int, down: bool, most: Most) -> None:
    """Rank the groups of the draft by their number of rows of the table at `target`."""
    reading = slots.readings[target]
    if not isinstance(reading, Tab):
        raise Misread(f"I cannot count “{slots.items[target].text}”")
    slots.used.add(target)
    draft.measures.append(WantMeasure("count", table=reading.table))
    draft.rank = (down, limit_of(most, draft.groups))


def rank_top(slots: Slots, draft: Draft, target: int, most: Most) -> None:
    """Rank by what follows "by": "top 5 customers by orders", "top 5 products by price"."""
    group = as_group(slots, target)
    draft.rank = (most.superlative.descending, most.limit or (10 if group.plural else 1))
    by = next((i for i, r in enumerate(slots.readings) if r == Mark("per", "by") and i > target), None)
    measure = slots.after(by) if by is not None else None
    if measure is None:
        raise Misread("I do not know by what to rank; add for example “by number of …” or “by average …”", weight=3)
    reading = slots.readings[measure]
    if slots.is_free(measure, Col) and isinstance(reading, Col):
        slots.used.add(measure)
        _by_column(slots, draft, group, Want(reading.table, reading.column), measure)
        return
    draft.groups.insert(0, group)
    if slots.is_free(measure, Tab) and isinstance(reading, Tab):
        slots.used.add(measure)
        draft.measures.append(WantMeasure("count", table=reading.table))


def _by_column(slots: Slots, draft: Draft, group: WantGroup, want: Want, index: int) -> None:
    text = slots.items[index].text.lower()
    if text.startswith("total ") or (text in ADDITIVE and group.table != want.table):
        draft.groups.insert(0, group)
        draft.measures.append(WantMeasure("sum", want))
        return
    if group.table != want.table or want.column.type not in ("integer", "number", "date", "timestamp"):
        raise Misread(f"Do you mean the total, the average or the highest “{slots.items[index].text}”", weight=4)
    draft.entity, draft.row_column = group.table, want
