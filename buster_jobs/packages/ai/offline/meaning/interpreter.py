"""From chosen readings to a draft: runs the readers of each part in order, and checks that no word is left."""

from datetime import date

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.aggregates import read_measures
from buster_jobs.packages.ai.offline.meaning.compared_periods import read_compared_periods, settle_compared_values
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantMeasure
from buster_jobs.packages.ai.offline.meaning.filters import read_filters, read_times
from buster_jobs.packages.ai.offline.meaning.follow_ups import go_on
from buster_jobs.packages.ai.offline.meaning.groups import read_asked, read_groups
from buster_jobs.packages.ai.offline.meaning.ranking import read_ranks
from buster_jobs.packages.ai.offline.meaning.related import settle_related, turn_negated
from buster_jobs.packages.ai.offline.meaning.shares import read_share
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.meaning.superlatives import settle_judgement
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import (
    Agg,
    Col,
    Glue,
    Item,
    Mark,
    Most,
    Reading,
    Tab,
    Unit,
)

_LIST_VERBS = frozenset({"show", "list", "give", "display", "find", "get", "all"})
_NOW = frozenset({"now", "currently", "presently"})


def interpret(
    items: tuple[Item, ...],
    readings: tuple[Reading, ...],
    lexicon: Lexicon,
    today: date,
    context: Draft | None = None,
) -> Draft:
    """The draft of one assignment, completed from `context`, the draft of the question that it continues.

    Raises `Misread` when the readings contradict each other or a word is left over.
    """
    slots, draft = Slots(items, readings, today), Draft()
    read_compared_periods(slots, draft)
    read_times(slots, draft)
    _drop_doubles(slots, lexicon)
    _drop_owners(slots, lexicon)
    _drop_repeated(slots)
    read_groups(slots, draft, lexicon)
    read_asked(slots, draft)
    read_filters(slots, draft, lexicon)
    settle_compared_values(slots, draft)
    share = read_share(slots, draft, context)
    read_ranks(slots, draft, lexicon, context)
    if not share:
        read_measures(slots, draft, lexicon, context)
    _read_rest(slots, draft)
    _complete(slots, draft)
    if context is not None:
        go_on(draft, context)
    settle_judgement(draft, lexicon)
    settle_related(draft, lexicon.graph)
    turn_negated(draft, lexicon.graph)
    return draft


def _drop_doubles(slots: Slots, lexicon: Lexicon) -> None:
    """Mark tables as used that only qualify a column beside them: "home address", "product name"."""
    for index in slots.free(Col):
        column = slots.readings[index]
        for other in (index + 1, index - 1):
            if not isinstance(column, Col) or not (0 <= other < len(slots.readings)) or not slots.is_free(other, Tab):
                continue
            table = slots.readings[other]
            hop = lexicon.graph.target(column.table, column.column.name)
            refers = hop is not None and isinstance(table, Tab) and hop.target == table.table
            owns = other < index and isinstance(table, Tab) and table.table == column.table
            if (refers or owns) and not _counted(slots, other) and not _last_done(slots, other, index):
                slots.used.add(other)


def _last_done(slots: Slots, table: int, column: int) -> bool:
    """Whether the column is the time that ranks the rows: "the last invoice issued", "which shop opened first"."""
    ranked = slots.is_free(slots.before(table), Most) or slots.is_free(slots.after(column), Most)
    return slots.items[column].text.endswith("ed") and ranked


def _drop_owners(slots: Slots, lexicon: Lexicon) -> None:
    """Mark tables as used that only qualify the table after them: "product category"."""
    for index in slots.free(Tab):
        owner, other = slots.readings[index], slots.readings[index + 1] if index + 1 < len(slots.readings) else None
        if _deed(slots, index):
            continue
        if isinstance(owner, Tab) and isinstance(other, Tab) and lexicon.graph.hop_count(owner.table, other.table) == 1:
            slots.used.add(index)


def _deed(slots: Slots, index: int) -> bool:
    """Whether a table is the verb of a superlative: "the most rented car" counts the rentals of a car."""
    return slots.items[index].text.lower().endswith("ed") and slots.is_free(slots.before(index), Most)


def _drop_repeated(slots: Slots) -> None:
    """Mark the first of two words for the same column as used: "how many units are in stock"."""
    for index in slots.free(Col):
        after = slots.after(index)
        if after is not None and slots.is_free(after, Col) and slots.readings[after] == slots.readings[index]:
            slots.used.add(after)


def _counted(slots: Slots, index: int) -> bool:
    before = slots.before(index)
    return before is not None and isinstance(slots.readings[before], Agg)


def _read_rest(slots: Slots, draft: Draft) -> None:
    tables = slots.free(Tab)
    per = any(isinstance(r, Unit) or (isinstance(r, Mark) and r.kind in ("per", "compare")) for r in slots.readings)
    # "orders per month" asks for a count without a word for it.
    if ((draft.groups and per) or draft.periods) and not draft.measures and len(tables) == 1 and not slots.free(Col):
        reading = slots.readings[tables[0]]
        draft.measures += [WantMeasure("count", table=reading.table)] if isinstance(reading, Tab) else []
        slots.used.add(tables[0])
    for index in slots.free((Tab, Col)):
        reading = slots.readings[index]
        slots.used.add(index)
        if isinstance(reading, Tab):
            draft.tables.append(reading.table)
        elif isinstance(reading, Col):
            if slots.items[index].text.lower() == "total" and not draft.measures and draft.rank is None:
                raise Misread("I do not know whether to add up or to list each “total”", weight=3)
            draft.shown.append(Want(reading.table, reading.column, slots.roles(index)))


def _complete(slots: Slots, draft: Draft) -> None:
    for index, reading in enumerate(slots.readings):
        if index not in slots.used and not isinstance(reading, Glue):
            raise Misread(f"I do not know what to do with “{slots.items[index].text}” here", weight=2)
    glue = {reading.word for reading in slots.readings if isinstance(reading, Glue)}
    asked = any(isinstance(reading, Mark) and reading.kind == "ask" for reading in slots.readings) and bool(
        draft.groups
    )
    limited = bool(draft.filters or draft.times or draft.related)
    draft.listing = bool(glue & _LIST_VERBS) or asked or (bool(draft.shown or draft.tables) and limited)
    draft.asks_when = slots.readings[0] == Glue("when")
    if glue & _NOW and not draft.filters:
        # Without a condition, former rows would be counted too.
        raise Misread("I do not know what tells those of now from those of before", weight=3)
    averaged = any(measure.aggregate in ("avg", "median") for measure in draft.measures)
    if draft.joined and averaged and not draft.groups and not draft.periods:
        raise Misread(
            "I do not know whether you mean each of them or all together; say “compare” or “or”", weight=4, final=True
        )
    if "than" in glue and not draft.periods:
        raise Misread("I do not know what is compared with “than”", weight=2)
