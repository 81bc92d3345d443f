"""Around a superlative: what stands after it, how many it keeps, what its noun groups by. Ranks nothing."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Want, WantGroup
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.readings import Col, Glue, Most, Tab, Unit, Val
from buster_jobs.packages.ai.schema.words import singular


def next_target(slots: Slots, index: int) -> int | None:
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


def limit_of(most: Most, groups: list[WantGroup]) -> int | None:
    if most.limit is not None:
        return most.limit
    return None if groups and groups[0].plural else 1


def is_plural(slots: Slots, index: int) -> bool:
    last = slots.items[index].text.split()[-1]
    return singular(last) != last.lower()


def as_group(slots: Slots, index: int) -> WantGroup:
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
