"""Ages against dates of birth: "older than 65", "under 18", "at least 30 years old". No other comparison."""

from datetime import date

from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantTime
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Cmp, Tab
from buster_jobs.packages.ai.offline.reading.relative_times import months_before
from buster_jobs.packages.ai.offline.reading.times import Moment, Partial, Relation
from buster_jobs.packages.ai.schema.words import stem

_BORN = frozenset({stem("birth"), stem("born"), "birth"})
_RELATIONS: dict[str, Relation] = {">": "before", ">=": "until", "<": "after", "<=": "since"}


def read_age(slots: Slots, draft: Draft, index: int, lexicon: Lexicon) -> bool:
    """Whether a comparison is of an age; then it has become a condition on the only date of birth that is near."""
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
