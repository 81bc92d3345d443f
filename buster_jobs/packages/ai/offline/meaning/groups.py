"""What the numbers of a question are grouped by: "per region", "by month and shop", "which customer"."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantGroup
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import (
    Agg,
    Col,
    Mark,
    Most,
    Num,
    Tab,
    Unit,
    Val,
)
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.words import singular

_NEAR = frozenset({"the", "of", "a", "an", "all", "any", "our", "we", "these", "those"})
_LIST = frozenset({"and", ",", "the"})
_GROUPS = (Tab, Col, Unit)


def _group(slots: Slots, index: int) -> WantGroup:
    reading = slots.readings[index]
    slots.used.add(index)
    last = slots.items[index].text.split()[-1]
    plural = singular(last) != last.lower()
    roles = slots.roles(index)
    if isinstance(reading, Tab):
        return WantGroup(table=reading.table, plural=plural, roles=roles)
    if isinstance(reading, Col):
        return WantGroup(want=Want(reading.table, reading.column, roles), plural=plural, roles=roles)
    if isinstance(reading, Unit):
        return WantGroup(bucket=reading.bucket, plural=plural)
    raise Misread(f"I cannot group by “{slots.items[index].text}”")


def _names_value(slots: Slots, index: int, lexicon: Lexicon) -> bool:
    """Whether a column or table only introduces a value: "by maker Acme"."""
    reading = slots.readings[index]
    value = slots.readings[index + 1] if index + 1 < len(slots.readings) else None
    if not isinstance(value, Val) or not isinstance(reading, (Col, Tab)):
        return False
    if isinstance(reading, Tab):
        return reading.table == value.table
    hop = lexicon.graph.target(reading.table, reading.column.name)
    return (reading.table, reading.column) == (value.table, value.column) or (
        hop is not None and hop.target == value.table
    )


def read_groups(slots: Slots, draft: Draft, lexicon: Lexicon) -> None:
    """Every "per" and "by", and units of time such as "monthly"."""
    for index in slots.free(Mark):
        if slots.mark(index, "per"):
            _read_group(slots, draft, lexicon, index)
    for index in slots.free(Unit):
        reading = slots.readings[index]
        if isinstance(reading, Unit) and reading.adverb:
            draft.groups.append(_group(slots, index))


def _read_group(slots: Slots, draft: Draft, lexicon: Lexicon, index: int) -> None:
    slots.used.add(index)
    follower = slots.after(index)
    if follower is not None and slots.mark(follower, "per"):
        slots.used.add(follower)
        follower = slots.after(follower)
    follower = _past_used(slots, follower)
    by = slots.readings[index] == Mark("per", "by")
    if by and follower is not None and isinstance(slots.readings[follower], (Val, Agg, Most, Num)):
        return
    if follower is None or not slots.is_free(follower, _GROUPS):
        raise Misread(f"I do not see what to group by after “{slots.items[index].text}”")
    if not (by and (_ranks(slots, index, follower) or _names_value(slots, follower, lexicon))):
        _groups_from(slots, draft, follower)


def _past_used(slots: Slots, index: int | None) -> int | None:
    """The index after used tables, which only qualify the column after them."""
    while index is not None and index in slots.used and isinstance(slots.readings[index], Tab):
        index = slots.after(index, skip=frozenset())
    return index


def _groups_from(slots: Slots, draft: Draft, index: int | None) -> None:
    while index is not None and slots.is_free(index, _GROUPS):
        draft.groups.append(_group(slots, index))
        follower = slots.after(index, skip=_LIST)
        if follower is not None and not slots.glue_between(index, follower) & {"and", ","}:
            return
        index = follower


def _ranks(slots: Slots, by: int, follower: int) -> bool:
    """Whether "by" introduces a rank instead of a group: after a superlative, before a number or a table."""
    ranked = any(isinstance(reading, Most) and reading.superlative.sense == "top" for reading in slots.readings[:by])
    reading = slots.readings[follower]
    numeric = isinstance(reading, Col) and reading.column.type in ("integer", "number")
    return ranked and ((numeric and isinstance(reading, Col) and not is_key(reading.table, reading.column.name))
                       or isinstance(reading, Tab))  # fmt: skip


def read_asked(slots: Slots, draft: Draft) -> None:
    """What "which" and "what" ask for, with how many of them."""
    for index in slots.free(Mark):
        if not slots.mark(index, "ask"):
            continue
        slots.used.add(index)
        which = slots.readings[index] == Mark("ask", "which")
        follower = slots.after(index, skip=_NEAR if which else frozenset())
        if which and follower is not None and isinstance(number := slots.readings[follower], Num):
            draft.asked_limit = int(number.number)
            slots.used.add(follower)
            follower = slots.after(follower, skip=frozenset())
        follower = _past_used(slots, follower)
        if follower is not None and slots.is_free(follower, _GROUPS):
            group = _group(slots, follower)
            draft.groups.insert(0, group)
            draft.entity, draft.asked = group.table, True
