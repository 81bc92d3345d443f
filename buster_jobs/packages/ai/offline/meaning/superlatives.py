"""Parts of a superlative: its noun, its limit, and its direction: the oldest has the least date."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantGroup
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.english import polarity
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Col, Glue, Most, Tab, Unit, Val
from buster_jobs.packages.ai.schema.words import singular, stem


def next_target(slots: Slots, index: int) -> int | None:
    """The index of the word after a superlative that it can be about; None when there is none."""
    at = index + 1
    while at < len(slots.readings):
        reading = slots.readings[at]
        # Values are read as conditions before: "the most cancelled orders".
        if not isinstance(reading, (Glue, Val)) and at not in slots.used:
            return at
        if at in slots.used and not isinstance(reading, Val):
            return None
        at += 1
    return None


def limit_of(most: Most, groups: list[WantGroup]) -> int | None:
    """How many rows or groups to keep: the stated number, 1 for a singular noun, None (all) for a plural."""
    if most.limit is not None:
        return most.limit
    return None if groups and groups[0].plural else 1


def is_plural(slots: Slots, index: int) -> bool:
    """Whether the noun at the index is a plural."""
    last = slots.items[index].text.split()[-1]
    return singular(last) != last.lower()


def as_group(slots: Slots, index: int) -> WantGroup:
    """The reading at the index as a group. Raises `Misread` for one that cannot be ranked."""
    reading = slots.readings[index]
    slots.used.add(index)
    plural = is_plural(slots, index)
    if isinstance(reading, Tab):
        return WantGroup(table=reading.table, plural=plural)
    if isinstance(reading, Col):
        return WantGroup(want=Want(reading.table, reading.column), plural=plural)
    if isinstance(reading, Unit):
        return WantGroup(bucket=reading.bucket, plural=plural)
    raise Misread(f"I cannot rank “{slots.items[index].text}”")


def settle_judgement(draft: Draft, lexicon: Lexicon) -> None:
    """Turn "best" and "worst" into a direction. Raises `Misread` when it is unclear whether more is better."""
    if draft.judge is None:
        return
    stems = {stem(word) for word in draft.judge_text.lower().split()}
    want = draft.row_column or (draft.measures[0].want if draft.measures else None)
    if want is not None:
        stems |= lexicon.stems(want.table, want.column)
    better = polarity(frozenset(stems))
    if better is None:
        raise Misread("I cannot tell whether the best is the highest or the lowest; please say which", weight=5)
    if draft.rank is not None:
        draft.rank = (draft.judge == better, draft.rank[1])


def is_of_time(most: Most) -> bool:
    """Whether it ranks by time: oldest, newest, first, last."""
    return "age" in most.superlative.dimensions or "date" in most.superlative.inverse


def direction(want: Want, most: Most, lexicon: Lexicon) -> bool:
    """Whether the greatest values come first: the oldest has the least date, the newest the greatest."""
    down, timed = most.superlative.descending, want.column.type in ("date", "timestamp")
    if "date" in most.superlative.inverse:
        return False
    stems = lexicon.stems(want.table, want.column)
    turned = bool(stems & most.superlative.inverse) or (timed and "age" in most.superlative.dimensions)
    return down != turned
