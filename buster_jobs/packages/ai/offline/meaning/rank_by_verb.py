"""Superlatives at a verb: "who spent the most", "which room is booked the most"."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantMeasure
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.meaning.superlatives import as_group, limit_of
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Col, Most, Tab
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.words import split_name, stem


def did_most(slots: Slots, draft: Draft, index: int, most: Most) -> bool:
    """Whether a sum or a number of rows ranks the groups. Then it is in the draft."""
    before = slots.before(index)
    if before is None or not slots.is_free(before, (Col, Tab)):
        return False
    held = slots.readings[before]
    if isinstance(held, Col) and not _adds_up(held):
        return False
    slots.used.add(before)
    if isinstance(held, Col):
        _most_of(draft, held, most)
        return True
    if isinstance(held, Tab):
        draft.measures.append(WantMeasure("count", table=held.table))
    draft.rank = (most.superlative.descending, limit_of(most, draft.groups))
    return True


def _adds_up(held: Col) -> bool:
    return held.column.type in ("integer", "number") and not is_key(held.table, held.column.name)


def _most_of(draft: Draft, held: Col, most: Most) -> None:
    """Rank by the column itself if it belongs to the asked rows, else by its sum."""
    want, down = Want(held.table, held.column), most.superlative.descending
    if draft.groups[0].table == held.table:
        group = draft.groups.pop(0)
        draft.entity, draft.row_column = held.table, want
        draft.rank = (down, limit_of(most, [group]))
        return
    if {"salary", "wage"} & set(split_name(held.column.name)):
        raise Misread("I cannot tell whether you mean what is earned or what is paid", weight=4, final=True)
    draft.measures.append(WantMeasure("sum", want))
    draft.rank = (down, limit_of(most, draft.groups))


def rank_by_deed(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> bool:
    """Whether a table is counted for each row of the next: "the most rented car". Then it is in the draft."""
    deed, thing = slots.readings[target], slots.after(target, skip=frozenset())
    if not isinstance(deed, Tab) or thing is None or not slots.is_free(thing, Tab):
        return False
    held = slots.readings[thing]
    done = slots.items[target].text.lower().endswith("ed")
    if not isinstance(held, Tab) or not done or not lexicon.graph.paths(deed.table, held.table):
        return False
    if any(stem("quantity") in lexicon.stems(deed.table, column) for column in deed.table.columns):
        raise Misread("I cannot tell whether you mean how often or how many; say by which number", weight=4, final=True)
    slots.used.add(target)
    draft.groups.insert(0, as_group(slots, thing))
    draft.measures.append(WantMeasure("count", table=deed.table))
    draft.rank = (most.superlative.descending, limit_of(most, draft.groups))
    return True
