"""Superlatives: chooses their reader (`rank_by_verb`, `rank_groups`, `rank_rows`), and ranks by a named column."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantMeasure
from buster_jobs.packages.ai.offline.meaning.rank_by_verb import rank_by_deed
from buster_jobs.packages.ai.offline.meaning.rank_groups import rank_by_count, rank_by_rows, rank_top
from buster_jobs.packages.ai.offline.meaning.rank_rows import rank_asked_row, rank_row
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.meaning.superlatives import direction, is_plural, limit_of, next_target
from buster_jobs.packages.ai.offline.reading.english import polarity
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Agg, Col, Mark, Most, Tab, Unit
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.units import UNITS, unit_named
from buster_jobs.packages.ai.schema.words import split_name

_ROWS = 10


def read_ranks(slots: Slots, draft: Draft, lexicon: Lexicon, context: Draft | None) -> None:
    """The superlative of the question. Raises `Misread` when there are several, or when nothing can be ranked by it."""
    found = slots.free(Most)
    if len(found) > 1:
        raise Misread("I can rank by one thing at a time", weight=2)
    for index in found:
        reading = slots.readings[index]
        slots.used.add(index)
        if isinstance(reading, Most):
            limited = Most(reading.superlative, reading.limit or draft.asked_limit)
            if context is not None and context.groups and context.measures and _alone(slots, index):
                # "which one is the worst?", "top 3": of the groups of the question before.
                draft.judge = limited.superlative.descending if limited.superlative.sense == "judge" else None
                draft.rank = (limited.superlative.descending, limit_of(limited, []))
            else:
                _read(slots, draft, index, limited, lexicon)
    if not found and draft.asked_limit is not None:
        raise Misread("I do not see by what to choose so many", weight=3)


def _read(slots: Slots, draft: Draft, index: int, most: Most, lexicon: Lexicon) -> None:
    sense, down = most.superlative.sense, most.superlative.descending
    target = next_target(slots, index)
    if sense == "judge":
        draft.judge = down
    if sense == "count":
        rank_by_count(slots, draft, target, most, lexicon, popular="popular" in slots.items[index].text.lower())
    elif draft.share is not None:
        draft.rank = (down, limit_of(most, draft.groups))
    elif target is None and _closes(slots, draft, index, most):
        draft.rank = (down, most.limit)
    elif target is None or not slots.is_free(target, (Agg, Col, Tab, Unit)):
        rank_asked_row(slots, draft, index, most, lexicon)
    else:
        _targeted(slots, draft, target, most, lexicon)


def _closes(slots: Slots, draft: Draft, index: int, most: Most) -> bool:
    """Whether a superlative at the end ranks groups by a measure that is read later: "sales per shop, top 3"."""
    per = any(isinstance(reading, Mark) and reading.kind == "per" for reading in slots.readings[:index])
    last = index == len(slots.readings) - 1
    return last and per and bool(draft.groups) and not draft.asked and most.superlative.sense in ("top", "judge")


def _targeted(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> None:
    sense, down = most.superlative.sense, most.superlative.descending
    if sense == "top" and rank_by_deed(slots, draft, target, most, lexicon):
        return
    if isinstance(slots.readings[target], Agg):
        draft.rank = (down, limit_of(most, draft.groups))
    elif isinstance(slots.readings[target], Col):
        _rank_by_column(slots, draft, target, most, lexicon)
    elif sense == "top" and draft.groups and most.limit in (None, draft.asked_limit):
        rank_by_rows(slots, draft, target, down, most)
    elif sense == "top":
        rank_top(slots, draft, target, most)
    else:
        rank_row(slots, draft, target, most, lexicon)


def _alone(slots: Slots, index: int) -> bool:
    return next_target(slots, index) is None and not slots.free((Agg, Col, Tab, Unit)) and not _names_group(slots)


def _names_group(slots: Slots) -> bool:
    return any(isinstance(slots.readings[i], (Tab, Col, Unit)) for i in slots.used)


def _rank_by_column(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> None:
    """Rank by the column after the superlative: "highest price" of the asked rows, for each group, or of all rows."""
    reading = slots.readings[target]
    if not isinstance(reading, Col) or is_key(reading.table, reading.column.name):
        rank_top(slots, draft, target, most)
        return
    want = Want(reading.table, reading.column)
    if want.column.type not in ("integer", "number", "date", "timestamp", "interval", "time"):
        if most.superlative.sense == "top" and most.limit is not None:
            rank_top(slots, draft, target, most)
            return
        raise Misread(f"I cannot rank by “{slots.items[target].text}”, which is not a number", weight=2)
    slots.used.add(target)
    down = direction(want, most, lexicon)
    if _adding_up(slots, draft, want, target, most):
        draft.measures.append(WantMeasure("sum", want))
        draft.rank = (down, limit_of(most, draft.groups))
        return
    if not _rows_by_column(slots, draft, want, target, most, down=down):
        _extreme(slots, draft, want, most, lexicon, down=down)


def _adding_up(slots: Slots, draft: Draft, want: Want, target: int, most: Most) -> bool:
    """Whether the column of another table is summed up for each asked row: "who worked the most hours"."""
    of_others = draft.entity not in (None, want.table) and bool(draft.groups) and not draft.measures
    units = unit_named(split_name(want.column.name)[-1]) in UNITS and is_plural(slots, target)
    return of_others and units and most.superlative.sense == "top"


def _rows_by_column(slots: Slots, draft: Draft, want: Want, target: int, most: Most, *, down: bool) -> bool:
    """Whether rows are ranked by the column: "which product has the highest price". Then it is in the draft."""
    if draft.entity == want.table and draft.groups and draft.groups[0].table == want.table:
        asked = draft.groups.pop(0)
        draft.row_column, draft.rank = want, (down, limit_of(most, [asked]))
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
    draft.rank = (down, most.limit or (_ROWS if is_plural(slots, holder) else 1))
    return True


def _extreme(slots: Slots, draft: Draft, want: Want, most: Most, lexicon: Lexicon, *, down: bool) -> None:
    """The highest or lowest value, of all rows or for each group: "highest price"."""
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
