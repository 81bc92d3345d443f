"""The conditions of a question: times, values, states, comparisons, missing values."""

from dataclasses import replace

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.comparisons import read_comparisons, whole
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantFilter, WantTime
from buster_jobs.packages.ai.offline.meaning.related import read_related
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Cmp, Col, Glue, Mark, Num, Scalar, Tab, Time, Val
from buster_jobs.packages.ai.schema.clocks import is_year
from buster_jobs.packages.ai.schema.joins import is_key
from buster_jobs.packages.ai.schema.units import unit_of_column
from buster_jobs.packages.ai.schema.words import word_set

_HAVE = frozenset({"have", "has", "had", "with", "used", "use", "uses", "using", "get", "gets"})
_JOINTS = frozenset({"or", "and", ",", "the"})
_VERBS = word_set(
    """
    a an the is are was were be been of with has have had its their that in on at to and by value
    """
)


def read_times(slots: Slots, draft: Draft) -> None:
    """Time expressions, each with the column right before it."""
    for index in slots.free(Time):
        reading = slots.readings[index]
        if not isinstance(reading, Time):
            continue
        slots.used.add(index)
        before = slots.before(index, skip=_VERBS)
        want = None
        if before is not None and before not in slots.used:
            held = slots.readings[before]
            dated = isinstance(held, (Col, Val)) and held.column.type in ("date", "timestamp")
            dated = dated or (isinstance(held, Col) and is_year(held.column) and reading.moment.start.month is None)
            if dated and isinstance(held, (Col, Val)) and not (isinstance(held, Val) and held.op == "null"):
                want = Want(held.table, held.column)
                slots.used.add(before)
                # "shipped in March" rather means the time of shipping than the state.
                draft.bonus += 0.1
        draft.times.append(WantTime(reading.moment, want, index))


def read_filters(slots: Slots, draft: Draft, lexicon: Lexicon) -> None:
    """All other conditions."""
    _read_missing(slots, draft)
    read_related(slots, draft)
    _read_present(slots, draft)
    read_comparisons(slots, draft, lexicon)
    for index in slots.free(Num):
        draft.filters += _numbered(slots, index)
    values = [_value(slots, index, lexicon) for index in slots.free(Val)]
    _refuse_or(slots, values)
    merged = _merged(slots, values)
    draft.joined = any(f.op == "in" and len(f.values) > 1 and _only_and(slots, f.position) for f in merged)
    draft.filters += merged


def _negated(slots: Slots, index: int) -> bool:
    before = slots.before(index)
    while before is not None and isinstance(slots.readings[before], (Tab, Col)) and before not in slots.used:
        before = slots.before(before)
    if slots.mark(before, "not") and before is not None:
        slots.used.add(before)
        return True
    return False


def _value(slots: Slots, index: int, lexicon: Lexicon) -> WantFilter:
    reading = slots.readings[index]
    if not isinstance(reading, Val):
        raise TypeError(reading)
    if reading.op == "several":
        some = ", ".join(str(value) for value in reading.values[:5])
        raise Misread(f"“{slots.items[index].text}” could be any of {some}; which one do you mean", weight=5)
    if not reading.stated and _possessed(slots, index):
        # "have a manager" is about another row and not about the value "Manager".
        raise Misread(f"I cannot tell what it means to have “{slots.items[index].text}” or none", weight=4)
    slots.used.add(index)
    via, roles = _via(slots, index, reading, lexicon), slots.roles(index)
    negated = _negated(slots, index)
    text = slots.items[index].text
    partial = not reading.stated and all(str(value).lower() != text.lower() for value in reading.values)
    words = text if reading.stated or partial else ""
    return WantFilter(
        Want(reading.table, reading.column, roles, via), reading.op, reading.values, negated, index, words
    )


def _possessed(slots: Slots, index: int) -> bool:
    before = slots.before(index)
    glue = slots.glue_between(-1 if before is None else before, index)
    none = before is not None and slots.readings[before] in (Mark("not", "no"), Mark("null", "no"))
    return none or bool(glue & _HAVE - {"with"} and glue & {"a", "an", "any"})


def _via(slots: Slots, index: int, value: Val, lexicon: Lexicon) -> str | None:
    """The key column next to a value ("seller Smith"), or None. The value's own column next to it is marked as used."""
    for other in (slots.before(index, skip=_VERBS), slots.after(index, skip=frozenset())):
        if other is None or other in slots.used:
            continue
        held = slots.readings[other]
        if isinstance(held, Col):
            hop = lexicon.graph.target(held.table, held.column.name)
            if hop is not None and hop.target == value.table:
                slots.used.add(other)
                return held.column.name
            if (held.table, held.column) == (value.table, value.column):
                slots.used.add(other)
    return None


def _refuse_or(slots: Slots, values: list[WantFilter]) -> None:
    for index, reading in enumerate(slots.readings):
        if reading != Glue("or"):
            continue
        before, after = slots.before(index), slots.after(index)
        sides = {(f.want.table.name, f.want.column.name) for f in values if f.position in (before, after)}
        if len(sides) != 1 or len([f for f in values if f.position in (before, after)]) != 2:
            raise Misread("I can only join values of the same column with “or”", weight=2)


def _merged(slots: Slots, values: list[WantFilter]) -> list[WantFilter]:
    """The conditions, with values of one column that "or", "and" or commas join merged into alternatives."""
    merged: list[WantFilter] = []
    for value in values:
        last = merged[-1] if merged else None
        if last is not None and _alternatives(slots, last, value):
            kept: tuple[Scalar, ...] = tuple(dict.fromkeys((*last.values, *value.values)))
            merged[-1] = replace(last, op="in", values=kept, position=value.position)
        else:
            merged.append(value)
    return merged


def _only_and(slots: Slots, index: int) -> bool:
    before = slots.before(index, skip=_JOINTS)
    return before is not None and "and" in slots.glue_between(before, index)


def _alternatives(slots: Slots, one: WantFilter, two: WantFilter) -> bool:
    own = two.want.roles - _JOINTS
    joined = slots.before(two.position, skip=_JOINTS | own) == one.position
    joined = joined and bool(slots.glue_between(one.position, two.position) & _JOINTS)
    if not (joined or _set_against(slots, one, two)) or {one.op, two.op} - {"=", "in"}:
        return False
    same = (one.want.table, one.want.column, one.negated) == (two.want.table, two.want.column, False)
    return same and (not own or own <= one.want.roles) and (two.want.via in (None, one.want.via))


def _set_against(slots: Slots, one: WantFilter, two: WantFilter) -> bool:
    """Whether two values are compared: "prepaid vs postpaid"."""
    between = slots.before(two.position, skip=_JOINTS)
    return slots.mark(between, "compare") and between is not None and slots.before(between) == one.position


def _read_present(slots: Slots, draft: Draft) -> None:
    """Conditions that a column has a value, or has none: "with an email", "do not have an email"."""
    for index in slots.free(Col):
        held, before, after = slots.readings[index], slots.before(index), slots.after(index)
        glue = slots.glue_between(-1 if before is None else before, index)
        stated = slots.mark(after, "null") or slots.is_free(after, (Cmp, Num, Val, Time))
        if not isinstance(held, Col) or stated or not (glue & _HAVE and glue & {"a", "an", "any"}):
            continue
        negated = slots.mark(before, "not")
        slots.used |= {index, before} if negated and before is not None else {index}
        draft.filters.append(_there(held, index, there=not negated))


def _there(held: Col, index: int, *, there: bool) -> WantFilter:
    """The condition that a row has a value in the column; of a boolean column, that it is true."""
    want = Want(held.table, held.column)
    if held.column.type == "boolean":
        return WantFilter(want, "=", (there,), False, index)
    return WantFilter(want, "not null" if there else "null", (), False, index)


def _read_missing(slots: Slots, draft: Draft) -> None:
    for index in slots.free(Mark):
        reading = slots.readings[index]
        if not isinstance(reading, Mark) or reading.kind not in ("null", "not") or index in slots.used:
            continue
        after, before = slots.after(index), slots.before(index, skip=_VERBS)
        if slots.is_free(after, Col) and after is not None and (reading.kind == "null" or reading.word == "no"):
            held = slots.readings[after]
        elif reading.kind == "null" and slots.is_free(before, Col) and before is not None:
            held, after = slots.readings[before], before
        else:
            continue
        if isinstance(held, Col):
            slots.used |= {index, after}
            draft.filters.append(_there(held, index, there=_negated(slots, index)))


def _counts_things(held: Col) -> bool:
    """Whether a number before the column's name is its value: "5 credits", unlike "5 customers" or "5 euros"."""
    number = held.column.type == "integer" and not is_key(held.table, held.column.name)
    return number and not unit_of_column(held.column)


def _numbered(slots: Slots, index: int) -> list[WantFilter]:
    """Conditions of a bare number: after a table it is the key ("customer 42"), at a column its value ("engines 2")."""
    number, after = slots.readings[index], slots.after(index, skip=frozenset())
    if after is not None and slots.is_free(after, Col) and isinstance(number, Num):
        counted = slots.readings[after]
        if isinstance(counted, Col) and _counts_things(counted):
            slots.used |= {index, after}
            value = whole(float(number.number))
            return [WantFilter(Want(counted.table, counted.column), "=", (value,), False, index)]
    before = slots.before(index, skip=frozenset({"is", "=", "of", "with", "number"}))
    if before is None or before in slots.used or not isinstance(number, Num):
        return []
    held = slots.readings[before]
    if isinstance(held, Col) and held.column.type in ("integer", "number"):
        if unit_of_column(held.column) == "cent":
            raise Misread(
                f"{held.column.name} is in cents; say whether you mean dollars or cents", weight=5, final=True
            )
        slots.used |= {index, before}
        return [WantFilter(Want(held.table, held.column), "=", (whole(float(number.number)),), False, index)]
    if isinstance(held, Tab) and len(held.table.primary_key) == 1:
        key = held.table.column(held.table.primary_key[0])
        if key.type == "integer":
            slots.used.add(index)
            return [WantFilter(Want(held.table, key), "=", (whole(float(number.number)),), False, index)]
    return []
