"""Comparisons with numbers: of a column and in its unit, of an age, or of a number of rows."""

from datetime import date

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantFilter, WantGroup, WantMeasure, WantTime
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Agg, Cmp, Col, Scalar, Superlative, Tab, Val
from buster_jobs.packages.ai.offline.reading.relative_times import months_before
from buster_jobs.packages.ai.offline.reading.times import Moment, Partial, Relation
from buster_jobs.packages.ai.schema.comments import LENGTHS
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.units import factor, is_currency, is_duration, is_money, unit_of_column, worth
from buster_jobs.packages.ai.schema.words import split_name, stem, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_BETWEEN = word_set("a an the is are was were be been of with has have had its their that in on at to and value")


_BORN = frozenset({stem("birth"), stem("born"), "birth"})
_RELATIONS: dict[str, Relation] = {">": "before", ">=": "until", "<": "after", "<=": "since"}


def read_comparisons(slots: Slots, draft: Draft, lexicon: Lexicon) -> None:
    """All comparisons. Raises `Misread` for one whose column stays unclear."""
    for index in slots.free(Cmp):
        if not _read_having(slots, draft, index) and not _read_age(slots, draft, index, lexicon):
            draft.filters.append(_comparison(slots, index, lexicon))


def whole(value: float) -> Scalar:
    """The number, as an int when it is whole."""
    return int(value) if value.is_integer() else value


def _read_having(slots: Slots, draft: Draft, index: int) -> bool:
    """Whether a comparison is of a number of rows: "makers with more than 5000 orders". Then it is in the draft."""
    cmp, after = slots.readings[index], slots.after(index, skip=frozenset())
    while after is not None and slots.is_free(after, Val):
        after = slots.after(after, skip=frozenset())
    if not isinstance(cmp, Cmp) or after is None or not slots.is_free(after, Tab) or cmp.unit or cmp.adjective:
        return False
    table = slots.readings[after]
    owner = next((i for i in range(index) if slots.is_free(i, Tab)), None)
    if not isinstance(table, Tab) or len(cmp.numbers) > 2 or draft.having or not (draft.groups or owner is not None):
        raise Misread(f"I cannot use “{slots.items[index].text} {slots.items[after].text}” as a condition", weight=3)
    slots.used |= {index, after}
    draft.having = (cmp.op, tuple(float(number) for number in cmp.numbers))
    draft.measures.append(WantMeasure("count", table=table.table))
    if not draft.groups and owner is not None:
        _group_by_owner(slots, draft, owner)
    return True


def _group_by_owner(slots: Slots, draft: Draft, owner: int) -> None:
    """ "customers with …" lists the groups that meet the condition, "how many customers have …" counts them."""
    reading = slots.readings[owner]
    if not isinstance(reading, Tab):
        raise TypeError(reading)
    slots.used.add(owner)
    draft.groups = [WantGroup(table=reading.table, plural=True)]
    counted = next((i for i in range(owner) if slots.is_free(i, Agg)), None)
    if counted is not None:
        if slots.readings[counted] != Agg("count"):
            raise Misread("I can count the groups that meet a condition, no more", weight=3)
        slots.used.add(counted)
        draft.outer = "count"


def _comparison(slots: Slots, index: int, lexicon: Lexicon) -> WantFilter:
    cmp = slots.readings[index]
    if not isinstance(cmp, Cmp):
        raise TypeError(cmp)
    slots.used.add(index)
    # "price of a 60 second clip" compares the duration, although "price" precedes it.
    measured = _by_dimension(slots, cmp, lexicon)
    sized = [pair for pair in measured if cmp.op == "=" and cmp.unit == unit_of_column(pair[1])]
    target = None if len(sized) == 1 else _compared(slots, index)
    columns = [target] if target else sized if len(sized) == 1 else measured
    if len(columns) != 1:
        names = " or ".join(column.name for _, column in columns[:4])
        detail = f"; do you mean {names}" if columns else ""
        raise Misread(f"I cannot tell which column “{slots.items[index].text}” is about{detail}", weight=3)
    table, column = columns[0]
    if column.type not in ("integer", "number"):
        raise Misread(f"“{column.name}” holds no numbers, so I cannot compare it with one", weight=2)
    times = _factor(cmp, table, column, lexicon)
    if cmp.adjective and {stem(word) for word in lexicon.stems(table, column)} & cmp.adjective.inverse:
        raise Misread(f"I cannot turn “{slots.items[index].text}” into a condition on {column.name}", weight=2)
    numbers = tuple(whole(round(float(n) * times, 6)) for n in cmp.numbers)
    return WantFilter(Want(table, column), cmp.op, numbers, False, index)


def _compared(slots: Slots, index: int) -> tuple[Table, Column] | None:
    after = slots.after(index, skip=frozenset({"in", "of"}))
    before = slots.before(index, skip=_BETWEEN)
    for at in (after, before):
        if at is not None and slots.is_free(at, Col):
            held = slots.readings[at]
            numeric = isinstance(held, Col) and held.column.type in ("integer", "number")
            if isinstance(held, Col) and numeric and not is_key(held.table, held.column.name):
                slots.used.add(at)
                _refuse_fuller(slots, held)
                return held.table, held.column
    return None


def _refuse_fuller(slots: Slots, held: Col) -> None:
    """Raises `Misread` if a column with more of these words is named: "include at least 50 users", users_included."""
    words = set(split_name(held.column.name))
    for reading in slots.readings:
        if isinstance(reading, Col) and words < set(split_name(reading.column.name)):
            names = f"{held.column.name} of {held.table.name} or {reading.column.name} of {reading.table.name}"
            raise Misread(f"I cannot tell whether you mean {names}", weight=4, final=True)


def _by_dimension(slots: Slots, cmp: Cmp, lexicon: Lexicon) -> list[tuple[Table, Column]]:
    tables = [reading.table for reading in slots.readings if isinstance(reading, (Tab, Col))]
    found = dimension_columns(list(dict.fromkeys(tables)), cmp.adjective, lexicon)
    if cmp.unit is None and cmp.adjective is None:
        # "payments above 500" compares their amounts.
        return worth(list(dict.fromkeys(tables)))
    if cmp.unit and not found and (cmp.adjective is None or is_duration(cmp.unit)):
        numbers = [
            (table, column)
            for table in dict.fromkeys(tables)
            for column in table.columns
            if column.type in ("integer", "number") and not is_key(table, column.name)
        ]
        found = [(t, c) for t, c in numbers if factor(cmp.unit, unit_of_column(c)) is not None]
        named = {(r.table, r.column) for r in slots.readings if isinstance(r, Col)}
        found = [pair for pair in found if pair in named] or found
        if not found and is_currency(cmp.unit):
            found = [(t, c) for t, c in numbers if is_money(t, c)]
    return found


def dimension_columns(tables: list[Table], what: Superlative | None, lexicon: Lexicon) -> list[tuple[Table, Column]]:
    """The columns of the tables that an adjective measures."""
    if what is None:
        return []
    words = what.dimensions | what.inverse
    numbers = [
        (table, column)
        for table in tables
        for column in table.columns
        if column.type in ("integer", "number", "date", "timestamp", "interval")
        and not is_key(table, column.name)
        # The date of birth is more exact than the age.
        and not (isinstance(column, Derived) and column.kind == "age")
    ]
    found = [(table, column) for table, column in numbers if lexicon.stems(table, column) & words]
    if not found and stem("duration") in words:
        found = [(table, column) for table, column in numbers if column.name.lower() in LENGTHS]
    return found


def _factor(cmp: Cmp, table: Table, column: Column, lexicon: Lexicon) -> float:
    """The factor from the unit of the numbers to that of the column. Raises `Misread` when a unit is unclear."""
    known, unit = unit_of_column(column), cmp.unit
    if unit is None:
        if known in ("cent", "pence"):
            shown = " and ".join(f"{number:g}" for number in map(float, cmp.numbers))
            raise Misread(
                f"{column.name} is in cents; say whether you mean {shown} dollars or {shown} cents",
                weight=5,
                final=True,
            )
        return 1.0
    if stem(unit) in lexicon.stems(table, column) or (is_currency(unit) and not known):
        return 1.0
    times = factor(unit, known)
    if times is None:
        raise Misread(f"I do not know that {column.name} is measured in “{unit}”", weight=3)
    return times


def _read_age(slots: Slots, draft: Draft, index: int, lexicon: Lexicon) -> bool:
    """Whether a comparison is of an age. Then a condition on the only date of birth is in the draft."""
    cmp = slots.readings[index]
    aged = isinstance(cmp, Cmp) and cmp.adjective is not None and "age" in cmp.adjective.dimensions
    if not isinstance(cmp, Cmp) or not aged or cmp.unit is not None or len(cmp.numbers) != 1:
        return False
    tables = {reading.table for reading in slots.readings if isinstance(reading, Tab)}
    born = [
        Want(table, column)
        for table in tables
        for column in table.columns
        if column.type == "date" and lexicon.stems(table, column) & _BORN
    ]
    years = int(cmp.numbers[0])
    if len(born) != 1 or cmp.op not in _RELATIONS or years != cmp.numbers[0] or not 0 < years < 150:
        return False
    slots.used.add(index)
    day = months_before(slots.today, 12 * years)
    moment = Moment(_RELATIONS[cmp.op], _day(day), said=slots.items[index].text.lower())
    draft.times.append(WantTime(moment, born[0], index))
    return True


def _day(day: date) -> Partial:
    return Partial(day.year, None, day.month, day.day)
