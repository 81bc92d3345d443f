"""Superlatives that rank rows by the column that the adjective measures: "the longest track"."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.comparisons import dimension_columns
from buster_jobs.packages.ai.offline.meaning.draft import Draft, Want, WantFilter, WantGroup, WantMeasure
from buster_jobs.packages.ai.offline.meaning.rank_by_verb import did_most
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.meaning.superlatives import direction, is_of_time, is_plural, limit_of
from buster_jobs.packages.ai.offline.reading.english import RATED
from buster_jobs.packages.ai.offline.reading.lexicon import Lexicon
from buster_jobs.packages.ai.offline.reading.readings import Col, Most, Tab
from buster_jobs.packages.ai.schema.clocks import clocks
from buster_jobs.packages.ai.schema.row_names import naming_columns
from buster_jobs.packages.ai.schema.units import is_money
from buster_jobs.packages.ai.schema.words import stem
from buster_jobs.packages.data_sources.catalog import Column, Table

_ROWS = 10


def rank_row(slots: Slots, draft: Draft, target: int, most: Most, lexicon: Lexicon) -> None:
    """Rank the rows of the table after the superlative: "the longest track"."""
    reading = slots.readings[target]
    if not isinstance(reading, Tab):
        raise Misread(f"I do not know by what to rank “{slots.items[target].text}”", weight=2)
    slots.used.add(target)
    rank_rows(draft, reading, most, lexicon, plural=is_plural(slots, target), text=slots.items[target].text)


def rank_asked_row(slots: Slots, draft: Draft, index: int, most: Most, lexicon: Lexicon) -> None:
    """Rank the rows that "which" asks for: "which track is the longest"."""
    group = next((group for group in draft.groups if group.table is not None), None)
    if most.superlative.sense == "top" and draft.groups and did_most(slots, draft, index, most):
        return
    if _by_when(slots, draft, index, most, lexicon):
        return
    if group is None or group.table is None:
        raise Misread(f"I do not see what “{slots.items[index].text}” ranks", weight=3)
    draft.groups.remove(group)
    rank_rows(draft, Tab(group.table), most, lexicon, plural=group.plural, text=slots.items[index].text)


def _by_when(slots: Slots, draft: Draft, index: int, most: Most, lexicon: Lexicon) -> bool:
    """Whether a date of the asked rows ranks them: "who was hired most recently". Then it is in the draft."""
    before = slots.before(index)
    held = slots.readings[before] if before is not None and slots.is_free(before, Col) else None
    if before is None or not isinstance(held, Col) or not is_of_time(most):
        return False
    group = next((group for group in draft.groups if group.table == held.table), None)
    if group is None or held.column.type not in ("date", "timestamp"):
        return False
    slots.used.add(before)
    draft.groups.remove(group)
    draft.entity, draft.row_column = held.table, Want(held.table, held.column)
    draft.rank = (direction(draft.row_column, most, lexicon), limit_of(most, [group]))
    return True


def rank_rows(draft: Draft, tab: Tab, most: Most, lexicon: Lexicon, *, plural: bool, text: str) -> None:
    """Rank the rows of a table by the one column that the adjective measures. Raises `Misread` if there are several."""
    columns = _measuring(draft, tab, most, lexicon)
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


def _measuring(draft: Draft, tab: Tab, most: Most, lexicon: Lexicon) -> list[tuple[Table, Column]]:
    """The columns that the adjective can measure."""
    columns = dimension_columns([tab.table], most.superlative, lexicon)
    if not columns and most.superlative.dimensions & {stem("size"), stem("height")}:
        # The biggest order, or the highest bill, is the one with the most money.
        columns = [(tab.table, column) for column in tab.table.columns if is_money(tab.table, column)]
    if not columns and is_of_time(most):
        # "the last shipment delivered" ranks by the time of delivery and not by that of shipping.
        columns = [(tab.table, f.want.column) for f in draft.filters if _tells_time(f, tab)]
    if not columns and is_of_time(most):
        columns = [(tab.table, clock.column) for clock in clocks(tab.table, ()) if clock.column is not None]
    return columns


def _owner_of(draft: Draft, most: Most) -> None:
    """Show whose row is the highest of all: "which customer has the highest bill"."""
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
    """Whether an average rating of another table ranks the rows: "best rated product". Then it is in the draft."""
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
