"""Conditions on related rows: "without orders", "never ordered", "did not order since March"."""

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, WantFilter, WantRelated, WantTime
from buster_jobs.packages.ai.offline.meaning.slots import Slots
from buster_jobs.packages.ai.offline.reading.readings import Agg, Mark, Tab
from buster_jobs.packages.ai.schema.joins import JoinGraph
from buster_jobs.packages.data_sources.catalog import Table

_NONE = frozenset({"no", "without", "never", "not", "lacking", "lack"})


def read_related(slots: Slots, draft: Draft) -> None:
    """Negations before a table other than the asked one."""
    for index in slots.free(Mark):
        reading = slots.readings[index]
        if not isinstance(reading, Mark) or reading.kind not in ("null", "not") or reading.word not in _NONE:
            continue
        after = slots.after(index)
        table = slots.readings[after] if after is not None and slots.is_free(after, Tab) else None
        if after is None or not isinstance(table, Tab) or not _others(slots, after, draft):
            continue
        doubled = slots.before(index)
        slots.used |= {index, after}
        if slots.mark(doubled, "not", "null") and doubled is not None:
            # "have not had no" means the opposite; "not … never" means nothing clear.
            raise Misread("two negations in a row are more than I can follow", weight=3)
        draft.related.append(WantRelated(table.table, negated=True, position=index))


def settle_related(draft: Draft, graph: JoinGraph) -> None:
    """Move the conditions after the negation to the related rows: "without orders in May"."""
    if len(draft.related) != 1:
        return
    related = draft.related[0]
    asked = {table.name for table in _asked(draft)}
    inner = [f for f in draft.filters if f.position > related.position and _belongs(f, related, asked, graph)]
    times = [t for t in draft.times if t.position > related.position]
    draft.filters = [f for f in draft.filters if f not in inner]
    draft.times = [t for t in draft.times if t not in times]
    draft.related = [WantRelated(related.table, related.negated, tuple(inner), tuple(times), related.position)]


def turn_negated(draft: Draft, graph: JoinGraph) -> None:
    """Turn a negated value of another table into related rows: "which customers did not buy tea" have none of tea."""
    entity = next(iter(_asked(draft)), None)
    column = draft.groups[0].want if draft.groups and draft.asked and not draft.measures else None
    excluding = [f for f in draft.filters if f.negated and f.want != column] if column is not None else []
    if column is not None and excluding:
        final = any(f.op not in ("null", "not null") for f in excluding)
        message = f"I cannot tell which {column.column.name} are left when some are excluded"
        raise Misread(message, weight=4, final=final)
    if entity is None or (draft.measures and not (len(draft.measures) == 1 and draft.measures[0].table == entity)):
        return
    for condition in [f for f in draft.filters if f.negated]:
        if graph.paths(entity, condition.want.table) or any(m.table not in (None, entity) for m in draft.measures):
            continue
        child = _child(draft, entity, condition.want.table, graph)
        if child is None:
            raise Misread(f"I cannot tell which {entity.name} are left when some are excluded", weight=4, final=True)
        positive = WantFilter(
            condition.want, condition.op, condition.values, False, condition.position, condition.words
        )
        draft.filters = [f for f in draft.filters if f != condition]
        times: tuple[WantTime, ...] = tuple(draft.times)
        draft.times, draft.tables = [], [table for table in draft.tables if table == entity]
        draft.related.append(WantRelated(child, True, (positive,), times, condition.position))


def _child(draft: Draft, entity: Table, valued: Table, graph: JoinGraph) -> Table | None:
    """The table whose rows join both: the named one, the only one, or the nearest; None if there are several."""
    joining = [t for t in graph.tables.values() if t != entity and graph.paths(t, entity) and graph.paths(t, valued)]
    named = [table for table in joining if table in draft.tables]
    if len(named) == 1 or len(joining) == 1:
        return (named or joining)[0]
    hops = {t.name: (graph.hop_count(t, entity) or 0) + (graph.hop_count(t, valued) or 0) for t in joining}
    near = [t for t in joining if hops[t.name] == min(hops.values())]
    return near[0] if len(near) == 1 else None


def _asked(draft: Draft) -> list[Table]:
    found = [draft.entity] if draft.entity else []
    found += [m.table for m in draft.measures if m.table]
    found += [group.table for group in draft.groups if group.table]
    return [*found, *draft.tables]


def _belongs(condition: WantFilter, related: WantRelated, asked: set[str], graph: JoinGraph) -> bool:
    table = condition.want.table
    return table.name not in asked and (table == related.table or bool(graph.paths(related.table, table)))


def _others(slots: Slots, index: int, draft: Draft) -> bool:
    """Whether the question asks for something other than the negated table."""
    counted = any(isinstance(slots.readings[i], Agg) for i in range(index))
    tables = [i for i, reading in enumerate(slots.readings) if isinstance(reading, Tab) and i != index]
    return bool(tables or draft.groups) or not counted
