"""Superlatives: which of the readers next door (`rank_...`) a superlative is for."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft
from buster_jobs.packages.ai.offline.meaning.rank_columns import rank_by_column
from buster_jobs.packages.ai.offline.meaning.rank_doers import rank_by_deed
from buster_jobs.packages.ai.offline.meaning.rank_groups import rank_by_count, rank_by_rows, rank_top
from buster_jobs.packages.ai.offline.meaning.rank_rows import rank_asked_row, rank_row
from buster_jobs.packages.ai.offline.meaning.rank_words import limit_of, next_target
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Agg, Col, Mark, Most, Tab, Unit


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
    """ "sales per shop, top 3", "…, best first": at the end, of the groups' number, which is still to be read."""
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
        rank_by_column(slots, draft, target, most, lexicon)
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
