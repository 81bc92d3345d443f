"""Aggregates: which column or table each one is computed of."""

from itertools import takewhile

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantMeasure
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Agg, Aggregate, Col, Glue, Tab, Val
from buster_jobs.packages.ai.offline.reading.thesaurus import ADDITIVE, IS_MONEY
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.row_names import is_person, naming_columns
from buster_jobs.packages.ai.schema.units import UNITS, is_money, unit_named, worth
from buster_jobs.packages.ai.schema.words import singular, split_name, stem
from buster_jobs.packages.data_sources.catalog import Table

_LIST = frozenset({"and", ",", "the"})
_NUMBERS = ("integer", "number")
_OUTER = ("avg", "median", "max", "min")
_PASSED = (Glue, Val, Col, Tab)


def read_measures(slots: Slots, draft: Draft, lexicon: Lexicon, context: Draft | None) -> None:
    """All aggregates of the question. Raises `Misread` when one has no column or table to compute it of."""
    _read_outer(slots, draft)
    for index in slots.free(Agg):
        if index not in slots.used and not _doubles_count(slots, index):
            draft.measures += _measures_of(slots, index, lexicon, context)
    if len({measure.table.name for measure in draft.measures if measure.table}) > 1:
        raise Misread("I count the rows of one table at a time", weight=3)
    for index in slots.free(Col):
        reading = slots.readings[index]
        # "total amount" may be the name of the column, and asks for the sum. So does "revenue per month".
        text = slots.items[index].text.lower()
        adds = text in ADDITIVE and not draft.measures and bool(draft.groups or draft.periods or draft.times)
        named = (text.startswith("total ") or adds) and not draft.row_column
        if named and isinstance(reading, Col) and reading.column.type in _NUMBERS:
            slots.used.add(index)
            draft.measures.append(WantMeasure("sum", Want(reading.table, reading.column)))


def _doubles_count(slots: Slots, index: int) -> bool:
    """Whether a count follows a sum: "total number of" asks for the count."""
    slots.used.add(index)
    follower = slots.after(index)
    return slots.readings[index] == Agg("sum") and follower is not None and slots.readings[follower] == Agg("count")


def _read_outer(slots: Slots, draft: Draft) -> None:
    """The aggregate of the groups' numbers: "average number of orders per customer", "average orders per day"."""
    if len(draft.groups) != 1 or draft.having or draft.rank:
        return
    for index in slots.free(Agg):
        reading = slots.readings[index]
        if not isinstance(reading, Agg) or reading.aggregate not in _OUTER:
            continue
        follower = slots.after(index, skip=_LIST)
        counts = follower is not None and slots.is_free(follower, Agg) and slots.readings[follower] == Agg("count")
        apart = slots.items[index].text.lower() == "on average" and _counts(slots)
        target = slots.after(follower if counts and follower is not None else index)
        named = slots.is_free(target, Tab) and target is not None
        plain = named and target is not None and reading.aggregate == "avg" and _plural_alone(slots, target)
        if not apart and not (named and counts) and not plain:
            continue
        slots.used.add(index)
        draft.outer = reading.aggregate
        if not apart and not counts and target is not None:
            slots.used.add(target)
            table = slots.readings[target]
            draft.measures += [WantMeasure("count", table=table.table)] if isinstance(table, Tab) else []
        return


def _plural_alone(slots: Slots, index: int) -> bool:
    """Whether the rows of a table are counted: "orders", unlike "order value" or "order", which mean a sum of money."""
    last = slots.items[index].text.split()[-1].lower()
    return singular(last) != last and not slots.is_free(slots.after(index, skip=frozenset()), Col)


def _counts(slots: Slots) -> bool:
    return any(slots.readings[index] == Agg("count") for index in slots.free(Agg)) and bool(slots.free(Tab))


def _measures_of(slots: Slots, index: int, lexicon: Lexicon, context: Draft | None) -> list[WantMeasure]:
    aggregates, at = _aggregates(slots, index)
    if aggregates == ["count"] and (kind := _counted_table(slots, at, lexicon)):
        return [WantMeasure("count", table=kind)]
    target, distinct = _target(slots, at)
    if target is None:
        return _of_nothing(slots, index, aggregates, context)
    slots.used.add(target)
    reading, text = slots.readings[target], slots.items[target].text
    if isinstance(reading, Tab):
        totals = slots.items[index].text.lower() == "total" and target == index + 1
        return _of_table(reading, text, aggregates, totals=totals)
    if not isinstance(reading, Col):
        raise TypeError(reading)
    if len(aggregates) > 1 and "count" in aggregates:
        aggregates.remove("count")
    found = [_measure(aggregate, reading, text, lexicon, distinct=distinct) for aggregate in aggregates]
    return [*found, *_further(slots, target, aggregates)]


def _of_nothing(slots: Slots, index: int, aggregates: list[Aggregate], context: Draft | None) -> list[WantMeasure]:
    """The measures of an aggregate without column or table: of the only money column, or of the question before."""
    tables = list(dict.fromkeys(r.table for r in slots.readings if isinstance(r, (Tab, Val))))
    if aggregates == ["sum"] and (money := _money(tables)):
        return [WantMeasure("sum", money)]
    if context is not None and context.measures:
        return _of_context(aggregates, context)
    raise Misread(f"“{slots.items[index].text}” of what, I cannot tell", weight=3)


def _of_table(tab: Tab, text: str, aggregates: list[Aggregate], *, totals: bool) -> list[WantMeasure]:
    """The measures of a table: a count of its rows, or for "total billed" and "average bill" its money."""
    if len(aggregates) > 1 and "count" in aggregates:
        raise Misread("I cannot compute with the numbers of rows of several groups", weight=4)
    happened = aggregates == ["sum"] and text.lower().endswith("ed")
    if totals and singular(text.lower()) in IS_MONEY and (money := worth([tab.table])):
        return [WantMeasure("sum", Want(*money[0]))]
    if aggregates == ["count"] or (totals and not happened):
        return [WantMeasure("count", table=tab.table)]
    one = happened or (aggregates != ["sum"] and singular(text.lower()) == text.lower())
    if one and (money := _money([tab.table])):
        return [WantMeasure(aggregate, money) for aggregate in aggregates]
    message = f"“{text}” is a table, and I need one of its columns to compute a number of"
    raise Misread(message, weight=4 if happened else 2, final=happened)


def _of_context(aggregates: list[Aggregate], context: Draft) -> list[WantMeasure]:
    """The measures of the question before: "what about the median?" of its columns, "how many of them" of its rows."""
    if aggregates == ["count"]:
        return [WantMeasure("count")]
    wants = dict.fromkeys(measure.want for measure in context.measures if measure.want)
    if not wants:
        raise Misread("the question before has no column to compute a number of", weight=3)
    return [WantMeasure(aggregate, want) for want in wants for aggregate in aggregates]


def _money(tables: list[Table]) -> Want | None:
    """The only money column of the tables; None if there are several, or none."""
    found = [Want(table, column) for table in tables for column in table.columns if is_money(table, column)]
    return found[0] if len(found) == 1 else None


def _aggregates(slots: Slots, index: int) -> tuple[list[Aggregate], int]:
    """The consecutive aggregates from `index` on, and the index of the last."""
    found: list[Aggregate] = []
    at: int | None = index
    last = index
    while at is not None and (at == index or slots.is_free(at, Agg)):
        reading = slots.readings[at]
        if isinstance(reading, Agg):
            found.append(reading.aggregate)
        slots.used.add(at)
        last, at = at, slots.after(at, skip=_LIST)
    return found, last


def _further(slots: Slots, target: int, aggregates: list[Aggregate]) -> list[WantMeasure]:
    """The same aggregates of a column joined by "and": "average height and weight"."""
    more = slots.after(target, skip=_LIST)
    if more is None or not slots.glue_between(target, more) & {"and", ","} or not slots.is_free(more, Col):
        return []
    reading = slots.readings[more]
    if not isinstance(reading, Col) or reading.column.type not in _NUMBERS or "count" in aggregates:
        return []
    slots.used.add(more)
    return [WantMeasure(aggregate, Want(reading.table, reading.column)) for aggregate in aggregates]


def _target(slots: Slots, index: int) -> tuple[int | None, bool]:
    """The column or table that an aggregate is of, and whether "different" precedes it."""
    counting = slots.readings[index] == Agg("count")
    ahead = [at for at in range(index + 1, len(slots.readings)) if at not in slots.used]
    nearby = list(takewhile(lambda at: isinstance(slots.readings[at], _PASSED) or slots.mark(at, "distinct"), ahead))
    distinct = [at for at in nearby if slots.mark(at, "distinct")]
    columns = [at for at in nearby if isinstance(slots.readings[at], Col)]
    tables = [at for at in nearby if isinstance(slots.readings[at], Tab)]
    both = sorted(columns + tables)
    earlier = [at for at in range(index - 1, -1, -1) if slots.is_free(at, Col)]
    if slots.items[index].text.lower() == "on average" and earlier and not columns:
        # "how long does it take on average to deliver an order"
        return earlier[0], False
    # "average order value": the table says whose value. A count is of the first column or table.
    found = both[:1] if counting else columns[:1] or tables[:1]
    if found:
        slots.used.update(distinct)
        return found[0], bool(distinct)
    return (None if counting or not earlier else earlier[0]), False


def _measure(aggregate: Aggregate, of: Col, text: str, lexicon: Lexicon, *, distinct: bool) -> WantMeasure:
    column, want = of.column, Want(of.table, of.column)
    numeric = column.type in _NUMBERS and not is_key(of.table, column.name)
    if aggregate == "count":
        return _count_of(of, text, lexicon, adds=numeric and not distinct)
    if distinct:
        raise Misread("I only count different values, I do not add them up")
    ordered = column.type in ("date", "timestamp", "time", "interval")
    if not numeric and not (ordered and aggregate in ("min", "max")):
        raise Misread(f"“{text}” holds no numbers to compute with", weight=2)
    return WantMeasure(aggregate, want)


def _count_of(of: Col, text: str, lexicon: Lexicon, *, adds: bool) -> WantMeasure:
    """The measure for "how many" of a column: its sum if it holds counts, else the number of its different values."""
    want = Want(of.table, of.column)
    if of.column.type == "boolean":
        raise Misread(f"“{text}” is yes or no; say which rows to count", weight=3)
    if not adds:
        return WantMeasure("distinct", want)
    # "how many overtime hours": hours add up.
    adds_up = unit_named(split_name(of.column.name)[-1]) in UNITS and split_name(text) == split_name(of.column.name)
    counts = (
        adds_up
        or "number of" in (of.column.comment or "").lower()
        or stem("quantity") in lexicon.stems(of.table, of.column)
    )
    if not counts:
        raise Misread(f"I cannot tell whether to add up “{text}” or to count its different values", weight=2)
    return WantMeasure("sum", want)


def _counted_table(slots: Slots, index: int, lexicon: Lexicon) -> Table | None:
    """The table that "how many", at `index`, counts if the next noun is a value: "how many dogs"; else None."""
    after = slots.after(index, skip=frozenset({"of", "the", "our"}))
    held = slots.readings[after] if after is not None else None
    if after is None or not isinstance(held, Val) or held.stated or not _is_plural(slots, after):
        return None
    follower = slots.after(after, skip=frozenset())
    # "how many part-time employees": the table follows the value, and is what is counted.
    if slots.is_free(follower, Tab):
        return None
    return _people_of(held.table, lexicon) if held.column in naming_columns(held.table) else held.table


def _people_of(kind: Table, lexicon: Lexicon) -> Table | None:
    """The table of people who refer to the row with that name, such as a job's title; None if there is none."""
    owners = [
        table for table in lexicon.graph.tables.values() for hop in lexicon.graph.hops(table) if hop.target == kind
    ]
    return owners[0] if len(owners) == 1 and is_person(owners[0]) and not is_person(kind) else None


def _is_plural(slots: Slots, index: int) -> bool:
    last = slots.items[index].text.lower().split()[-1]
    return singular(last) != last
