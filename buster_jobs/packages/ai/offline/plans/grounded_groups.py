"""The groups of a plan: what is grouped by, what of it is shown beside, times that are compared. No measures."""

from itertools import product

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Group, Measure, Ref, TimeFilter
from buster_jobs.packages.ai.offline.plans.rooted_draft import Standpoint
from buster_jobs.packages.ai.schema.joins import Path
from buster_jobs.packages.data_sources.catalog import Table


def groups_by_ways(here: Standpoint, measures: list[tuple[Measure, ...]]) -> list[tuple[Group, ...]]:
    """Every combination of ways to what is grouped by, with what is to be shown of it."""
    groups = list(product(*(here.ways.groups(group) for group in here.draft.groups), *_sides(here)))
    groups = _several(here, groups, measures)
    return [_with_shown(here, chosen) for chosen in groups] if here.draft.shown else groups


def _sides(here: Standpoint) -> list[list[Group]]:
    """The times that are compared, as one more group, by every clock that they can be of."""
    if not here.draft.sides:
        return []
    found = here.ways.clocks_for(None)
    return [[Group(sides=tuple(TimeFilter(clock, moment) for moment in here.draft.sides)) for clock in found]]


def _several(
    here: Standpoint, groups: list[tuple[Group, ...]], measures: list[tuple[Measure, ...]]
) -> list[tuple[Group, ...]]:
    """Without groups of which each would be a single row."""
    own = tuple(Ref((), here.root, here.root.column(name)) for name in here.root.primary_key)
    if not own or not any(m.ref is None and m.aggregate == "count" for chosen in measures for m in chosen):
        return groups
    kept = [chosen for chosen in groups if not any(group.keys == own for group in chosen)]
    if not kept:
        raise Misread(f"each group would be one row of {here.root.name}", weight=2)
    return kept


def _with_shown(here: Standpoint, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """ "with their names": more columns of what is grouped by."""
    changed = list(groups)
    for want in here.draft.shown:
        named = [(at, path) for at, group in enumerate(changed) for path in [_row_of(group, want.table)]]
        at, path = next(((at, path) for at, path in named if path is not None), (0, None))
        if path is None:
            raise Misread(f"I do not know what to do with “{want.column.name}” here", weight=2)
        refs = tuple(dict.fromkeys((*changed[at].refs, Ref(path, want.table, want.column))))
        changed[at] = Group(refs, changed[at].keys)
    return tuple(changed)


def _row_of(group: Group, table: Table) -> Path | None:
    """The way to the one row of `table` that a group stands for, if it stands for one."""
    owners = {key.path for key in group.keys}
    names = tuple(key.column.name for key in group.keys)
    if len(owners) != 1:
        return None
    owner = next(iter(owners))
    if group.keys[0].table == table and names == table.primary_key:
        return owner
    ways = {ref.path for ref in group.refs if ref.table == table and ref.path and ref.path[:-1] == owner}
    return next((path for path in ways if path[-1].key.columns == names), None)


def named_keys(groups: tuple[Group, ...], *, ranked: bool) -> tuple[Condition, ...]:
    """What is ranked must be somebody: rows that belong to nobody are left out."""
    keys = [key for group in groups for key in group.keys] if ranked else []
    clocks = [group.clock for group in groups if ranked and group.clock]
    keys += [Ref(clock.path, clock.table, clock.column) for clock in clocks if clock.column]
    return tuple(Filter(key, "not null") for key in keys if key.column.nullable or key.path)
