"""Superlatives: what is ranked, by what, in which direction, and how many are kept."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.clocks import clocks
from buster_jobs.packages.ai.offline.comparisons import dimension_columns
from buster_jobs.packages.ai.offline.directions import direction, is_of_time
from buster_jobs.packages.ai.offline.draft import Draft, Misread, Want, WantFilter, WantGroup, WantMeasure
from buster_jobs.packages.ai.offline.english import RATED, polarity
from buster_jobs.packages.ai.offline.joins import is_key
from buster_jobs.packages.ai.offline.lexicon import Lexicon
from buster_jobs.packages.ai.offline.measuring import is_money
from buster_jobs.packages.ai.offline.readings import Agg, Col, Glue, Mark, Most, Tab, Unit, Val
from buster_jobs.packages.ai.offline.showing import naming_columns
from buster_jobs.packages.ai.offline.slots import Slots
from buster_jobs.packages.ai.offline.thesaurus import ADDITIVE
from buster_jobs.packages.ai.offline.words import singular, split_name, stem

_ROWS = 10


def read_ranks(slots: Slots, draft: Draft, lexicon: Lexicon, context: Draft | None) -> None:
    """All superlatives of the question; more than one is refused."""
    found = slots.free(Most)
    if len(found) > 1:
        raise Misread("I can rank by one thing at a time", weight=2)
    for index in found:
        reading = slots.readings[index]
        slots.used.add(index)
        if isinstance(reading, Most):
            limited = Most(reading.superlative, reading.limit or draft.asked_limit)
            if context is not None and context.groups and context.measures and _alone(slots, index):
                # "which one is the worst?", "top 3": of what was asked before.
                draft.judge = limited.superlative.descending if limited.superlative.sense == "judge" else None
                draft.rank = (limited.superlative.descending, _limit(limited, []))
            else:
                _read(slots, draft, index, limited, lexicon)
    if not found and draft.asked_limit is not None:
        raise Misread("I do not see by what to choose so many", weight=3)


def _read(slots: Slots, draft: Draft, index: int, most: Most, lexicon: Lexicon) -> None:
    sense, down = most.superlative.sense, most.superlative.descending
    target = _next(slots, index)
    if sense == "judge":
        draft.judge = down
    if sense == "count":
        _count(slots, draft, target, most, lexicon, popular="popular" in slots.items[index].text.lower())
    elif draft.share is not None:
        draft.rank = (down, _limit(most, draft.groups))
    elif target is None or not slots.is_free(target, (Agg, Col, Tab, Unit)):
        _asked_row(slots, draft, index, most, lexicon)
    else:
        _targeted(slots, draft, target, most, lexicon)


def _targeted(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> None:
    sense, down = most.superlative.sense, most.superlative.descending
    if isinstance(slots.readings[target], Agg):
        draft.rank = (down, _limit(most, draft.groups))
    elif isinstance(slots.readings[target], Col):
        _column(slots, draft, target, most, lexicon)
    elif sense == "top" and draft.groups and most.limit in (None, draft.asked_limit):
        _most_rows(slots, draft, target, down, most)
    elif sense == "top":
        _top(slots, draft, target, most)
    else:
        _row(slots, draft, target, most, lexicon)


def _alone(slots: Slots, index: int) -> bool:
    return _next(slots, index) is None and not slots.free((Agg, Col, Tab, Unit)) and not _names_group(slots)


def _names_group(slots: Slots) -> bool:
    return any(isinstance(slots.readings[i], (Tab, Col, Unit)) for i in slots.used)


def _next(slots: Slots, index: int) -> int | None:
    at = index + 1
    while at < len(slots.readings):
        reading = slots.readings[at]
        # Conditions are read already: "the most cancelled orders".
        if not isinstance(reading, (Glue, Val)) and at not in slots.used:
            return at
        if at in slots.used and not isinstance(reading, Val):
            return None
        at += 1
    return None


def _limit(most: Most, groups: list[WantGroup]) -> int | None:
    if most.limit is not None:
        return most.limit
    return None if groups and groups[0].plural else 1


def _plural(slots: Slots, index: int) -> bool:
    last = slots.items[index].text.split()[-1]
    return singular(last) != last.lower()


def _as_group(slots: Slots, index: int) -> WantGroup:
    reading = slots.readings[index]
    slots.used.add(index)
    plural = _plural(slots, index)
    if isinstance(reading, Tab):
        return WantGroup(table=reading.table, plural=plural)
    if isinstance(reading, Col):
        return WantGroup(want=Want(reading.table, reading.column), plural=plural)
    if isinstance(reading, Unit):
        return WantGroup(bucket=reading.bucket, plural=plural)
    raise Misread(f"I cannot rank “{slots.items[index].text}”")


def _count(slots: Slots, draft: Draft, target: int | None, most: Most, lexicon: Lexicon, *, popular: bool) -> None:
    if target is not None and slots.is_free(target, (Tab, Col, Unit)):
        draft.groups.insert(0, _kinds(slots, _as_group(slots, target), lexicon))
    if popular and draft.groups and draft.groups[0].table and not slots.free(Tab):
        raise Misread("I do not know what makes one popular; say for example “with the most …”", weight=4)
    if not draft.groups:
        raise Misread("I do not see what is to be ranked", weight=3)
    table = next((slots.readings[i] for i in slots.free(Tab)), None)
    if not any(isinstance(slots.readings[i], Agg) for i in slots.free(Agg)):
        draft.measures.append(WantMeasure("count", table=table.table if isinstance(table, Tab) else None))
    draft.rank = (most.superlative.descending, _limit(most, draft.groups))


def _kinds(slots: Slots, group: WantGroup, lexicon: Lexicon) -> WantGroup:
    """ "the most common diagnosis": when no rows of another table can be counted, by what its rows are called."""
    if group.table is None or slots.free(Tab):
        return group
    if any(hop.target == group.table for table in lexicon.graph.tables.values() for hop in lexicon.graph.hops(table)):
        return group
    called = naming_columns(group.table) or [c for c in group.table.columns if c.name.lower() == "description"]
    referred = any(other != group.table for other in slots.tables())
    return replace(group, table=None, want=Want(group.table, called[0])) if len(called) == 1 and not referred else group


def _most_rows(slots: Slots, draft: Draft, target: int, down: bool, most: Most) -> None:
    reading = slots.readings[target]
    if not isinstance(reading, Tab):
        raise Misread(f"I cannot count “{slots.items[target].text}”")
    slots.used.add(target)
    draft.measures.append(WantMeasure("count", table=reading.table))
    draft.rank = (down, _limit(most, draft.groups))


def _top(slots: Slots, draft: Draft, target: int, most: Most) -> None:
    """ "top 5 customers by orders", "top 5 products by price"."""
    group = _as_group(slots, target)
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


def _column(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> None:
    """ "highest price": of the asked row, for each group, or of all rows."""
    reading = slots.readings[target]
    if not isinstance(reading, Col) or is_key(reading.table, reading.column.name):
        _top(slots, draft, target, most)
        return
    want = Want(reading.table, reading.column)
    if want.column.type not in ("integer", "number", "date", "timestamp", "interval", "time"):
        if most.superlative.sense == "top" and most.limit is not None:
            _top(slots, draft, target, most)
            return
        raise Misread(f"I cannot rank by “{slots.items[target].text}”, which is not a number", weight=2)
    slots.used.add(target)
    down = direction(want, most, lexicon)
    if not _rows_by_column(slots, draft, want, target, most, down=down):
        _extreme(slots, draft, want, most, lexicon, down=down)


def _rows_by_column(slots: Slots, draft: Draft, want: Want, target: int, most: Most, *, down: bool) -> bool:
    """ "which product has the highest price", "products with the highest price": whether rows are asked for."""
    if draft.entity == want.table and draft.groups and draft.groups[0].table == want.table:
        asked = draft.groups.pop(0)
        draft.row_column, draft.rank = want, (down, _limit(most, [asked]))
        return True
    before = slots.before(target)
    holder = slots.before(before) if before is not None else None
    if draft.groups or holder is None or not slots.is_free(holder, Tab):
        return False
    table = slots.readings[holder]
    if table != Tab(want.table) or "with" not in slots.glue_between(holder, target):
        return False
    slots.used.add(holder)
    draft.entity, draft.row_column = want.table, want
    draft.rank = (down, most.limit or (_ROWS if _plural(slots, holder) else 1))
    return True


def _extreme(slots: Slots, draft: Draft, want: Want, most: Most, lexicon: Lexicon, *, down: bool) -> None:
    """ "highest price", of all rows or for each group."""
    if draft.entity is not None or most.superlative.sense == "top" or (draft.groups and _asks(slots)):
        raise Misread(f"Do you mean the total, the average or the highest {want.column.name}", weight=4)
    if most.limit is not None and most.limit > 1:
        raise Misread("I rank rows or groups; say which rows you want", weight=2)
    if most.superlative.sense == "judge":
        better = polarity(lexicon.stems(want.table, want.column))
        if better is None:
            raise Misread("I cannot tell whether the best is the highest or the lowest; please say which", weight=5)
        down = down == better
    draft.measures.append(WantMeasure("max" if down else "min", want))


def _asks(slots: Slots) -> bool:
    return any(isinstance(reading, Mark) and reading.kind == "ask" for reading in slots.readings) and not any(
        isinstance(reading, Mark) and reading.kind == "per" for reading in slots.readings
    )


def _row(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> None:
    """ "the longest track": the column is the one that the adjective measures."""
    reading = slots.readings[target]
    if not isinstance(reading, Tab):
        raise Misread(f"I do not know by what to rank “{slots.items[target].text}”", weight=2)
    slots.used.add(target)
    _rank_rows(draft, reading, most, lexicon, plural=_plural(slots, target), text=slots.items[target].text)


def _asked_row(slots: Slots, draft: Draft, index: int, most: Most, lexicon: Lexicon) -> None:
    """ "which track is the longest"."""
    group = next((group for group in draft.groups if group.table is not None), None)
    if most.superlative.sense == "top" and draft.groups and _did_most(slots, draft, index, most):
        return
    if group is None or group.table is None:
        raise Misread(f"I do not see what “{slots.items[index].text}” ranks", weight=3)
    draft.groups.remove(group)
    _rank_rows(draft, Tab(group.table), most, lexicon, plural=group.plural, text=slots.items[index].text)


def _did_most(slots: Slots, draft: Draft, index: int, most: Most) -> bool:
    """ "who spent the most", "which room is booked the most": whether a sum or a number of rows is what ranks."""
    before = slots.before(index)
    if before is None or not slots.is_free(before, (Col, Tab)):
        return False
    held, down = slots.readings[before], most.superlative.descending
    if isinstance(held, Col):
        if held.column.type not in ("integer", "number") or is_key(held.table, held.column.name):
            return False
        if draft.groups[0].table == held.table:
            group = draft.groups.pop(0)
            draft.entity, draft.row_column = held.table, Want(held.table, held.column)
            draft.rank = (down, _limit(most, [group]))
            slots.used.add(before)
            return True
        if {"salary", "wage"} & set(split_name(held.column.name)):
            raise Misread("I cannot tell whether you mean what is earned or what is paid", weight=4, final=True)
        draft.measures.append(WantMeasure("sum", Want(held.table, held.column)))
    elif isinstance(held, Tab):
        draft.measures.append(WantMeasure("count", table=held.table))
    slots.used.add(before)
    draft.rank = (down, _limit(most, draft.groups))
    return True


def _rank_rows(draft: Draft, tab: Tab, most: Most, lexicon: Lexicon, *, plural: bool, text: str) -> None:
    columns = dimension_columns([tab.table], most.superlative, lexicon)
    if not columns and most.superlative.dimensions & {stem("size"), stem("height")}:
        # The biggest order, or the highest bill, is the one that comes to most.
        columns = [(tab.table, column) for column in tab.table.columns if is_money(tab.table, column, lexicon)]
    if not columns and is_of_time(most):
        # "the last shipment delivered" is told by that time, not by when it was sent.
        columns = [(tab.table, f.want.column) for f in draft.filters if _tells_time(f, tab)]
    if not columns and is_of_time(most):
        columns = [(tab.table, clock.column) for clock in clocks(tab.table, ()) if clock.column is not None]
    if not columns and _by_opinion(draft, tab, most, lexicon, plural=plural):
        return
    if len(columns) != 1:
        names = " or ".join(column.name for _, column in columns[:4])
        detail = f"; do you mean by {names}" if columns else "; say by which column"
        raise Misread(f"I do not know by what to rank “{text}”{detail}", weight=4)
    want = Want(*columns[0])
    down = direction(want, most, lexicon)
    if draft.asked and draft.groups and draft.groups[0].table not in (None, tab.table):
        _owner_of(draft, most)
    draft.entity, draft.row_column = tab.table, want
    draft.rank = (down, most.limit or (_ROWS if plural else 1))


def _owner_of(draft: Draft, most: Most) -> None:
    """ "which customer has the highest bill" asks whose the highest of all is, not for the highest of each."""
    owner = draft.groups[0].table
    if owner is None or len(draft.groups) > 1 or draft.groups[0].plural or most.limit not in (None, 1):
        raise Misread("I do not know whether you mean the highest of all or of each", weight=4, final=True)
    draft.groups.pop(0)
    called = naming_columns(owner) or [owner.column(name) for name in owner.primary_key]
    draft.shown += [Want(owner, column) for column in called]


def _tells_time(condition: WantFilter, tab: Tab) -> bool:
    held = condition.want
    dated = held.table == tab.table and held.column.type in ("date", "timestamp")
    return dated and condition.op == "not null" and not condition.negated


def _by_opinion(draft: Draft, tab: Tab, most: Most, lexicon: Lexicon, *, plural: bool) -> bool:
    """ "best rated product": by the average of the only rating that rows of another table give it."""
    if not most.superlative.dimensions & RATED:
        return False
    others = [t for t in lexicon.graph.tables.values() if t != tab.table and lexicon.graph.paths(t, tab.table)]
    found = dimension_columns(others, most.superlative, lexicon)
    if len(found) != 1:
        return False
    group = WantGroup(table=tab.table, plural=plural)
    draft.groups.insert(0, group)
    draft.measures.append(WantMeasure("avg", Want(*found[0])))
    draft.rank = (most.superlative.descending, most.limit or (None if plural else 1))
    return True
