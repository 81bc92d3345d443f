"""Shares: in "what percentage of orders from Leeds were late" one condition is counted, the other narrows the rows."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantFilter, WantMeasure
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.readings import Agg, Col, Glue, Mark, Tab, Val

_VERBS = frozenset({"is", "are", "was", "were", "that", "who", "have", "had", "has", "been", "being"})


def read_share(slots: Slots, draft: Draft, context: Draft | None) -> bool:
    """Whether the question asks for a share. Then it is the only measure of the draft."""
    at = next((i for i in slots.free((Agg, Mark)) if _is_share(slots, i)), None)
    if at is None:
        return False
    slots.used.add(at)
    if any(isinstance(slots.readings[i], Agg) for i in slots.free(Agg)) or draft.measures:
        raise Misread("I compute a share or another number, not both at once", weight=2)
    if slots.readings[at] == Agg("ratio"):
        _read_ratio(slots, draft)
        return True
    target = None if isinstance(slots.readings[at], Mark) else _whole(slots, at, context)
    held = slots.readings[target] if target is not None else None
    if isinstance(slots.readings[at], Mark):
        draft.share = _rate(slots, draft, at)
    else:
        draft.share = _counted(slots, draft, at if target is None else target)
    _settle(slots, draft, draft.share)
    want = Want(held.table, held.column) if isinstance(held, Col) else None
    draft.measures.append(WantMeasure("share", want, held.table if isinstance(held, Tab) else None))
    return True


def _whole(slots: Slots, at: int, context: Draft | None) -> int | None:
    """The index of the table or number that the share is of; None for that of the question before."""
    target = next((index for index in slots.free((Tab, Col)) if index > at and _shareable(slots, index)), None)
    if target is None and context is None:
        raise Misread("I do not see what the share is of", weight=3)
    slots.used |= {target} if target is not None else set()
    return target


def _settle(slots: Slots, draft: Draft, share: list[WantFilter]) -> None:
    draft.filters = [f for f in draft.filters if f not in share]
    draft.judge_text = " ".join(slots.items[f.position].text for f in share)
    if not share and draft.times:
        if len(draft.times) > 1:
            raise Misread("I cannot tell which of the times the share is of", weight=3)
        draft.share_times, draft.times = draft.times, []
    if not share and not draft.share_times and not draft.groups:
        raise Misread("I do not see which part the share is of", weight=3)


def _shareable(slots: Slots, index: int) -> bool:
    held = slots.readings[index]
    return isinstance(held, Tab) or (isinstance(held, Col) and held.column.type in ("integer", "number"))


def _read_ratio(slots: Slots, draft: Draft) -> None:
    """Two conditions set against each other: "ratio of male to female patients"."""
    if len(draft.filters) == 1 and draft.filters[0].op == "in" and len(draft.filters[0].values) == 2:
        both = draft.filters[0]
        first, second = (replace(both, op="=", values=(value,)) for value in both.values)
    elif len(draft.filters) == 2 and draft.filters[0].want.table == draft.filters[1].want.table:
        first, second = sorted(draft.filters, key=lambda condition: condition.position)
    else:
        raise Misread("I do not see of what to what the ratio is", weight=4)
    tables = slots.free(Tab)
    slots.used |= set(tables[:1])
    table = slots.readings[tables[0]] if tables else None
    draft.filters, draft.share, draft.share_others = [], [first], [second]
    draft.measures.append(WantMeasure("ratio", table=table.table if isinstance(table, Tab) else None))


def _is_share(slots: Slots, index: int) -> bool:
    reading = slots.readings[index]
    return (isinstance(reading, Agg) and reading.aggregate in ("share", "ratio")) or slots.mark(index, "rate")


def _rate(slots: Slots, draft: Draft, at: int) -> list[WantFilter]:
    found = [f for f in draft.filters if f.position == at - 1]
    if not found:
        raise Misread(f"I do not see what “{slots.items[at].text}” is the rate of", weight=3)
    return found


def _counted(slots: Slots, draft: Draft, table: int) -> list[WantFilter]:
    if len(draft.filters) <= 1:
        return list(draft.filters)
    verb = next((i for i in range(table, len(slots.readings)) if _verb(slots, i)), None)
    after = [f for f in draft.filters if verb is not None and f.position > verb]
    ahead = [f for f in draft.filters if f.position < table]
    if len(ahead) == 1 and not after:
        return ahead
    for chosen in (after, [f for f in (after or draft.filters) if _stated(slots, f)]):
        if len(chosen) == 1:
            return chosen
    raise Misread("I cannot tell which of the conditions the share counts and which only narrow the rows", weight=3)


def _verb(slots: Slots, index: int) -> bool:
    reading = slots.readings[index]
    return isinstance(reading, Glue) and reading.word in _VERBS


def _stated(slots: Slots, condition: WantFilter) -> bool:
    reading = slots.readings[condition.position]
    return not isinstance(reading, Val) or reading.stated
