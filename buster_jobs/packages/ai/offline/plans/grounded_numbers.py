"""Plans that compute: every combination of groups and measures, ranked or not."""

from dataclasses import replace
from itertools import product

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import WantMeasure
from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Group, Measure, Plan, Rank, Ref, TimeFilter
from buster_jobs.packages.ai.offline.plans.rooted_draft import RootedDraft
from buster_jobs.packages.ai.schema.joins import Path
from buster_jobs.packages.data_sources.catalog import Table

MAX_PLANS = 12


def plans_of_numbers(
    rooted: RootedDraft, conditions: tuple[Condition, ...], share: tuple[Condition, ...], others: tuple[Condition, ...]
) -> list[Plan]:
    """At most 12 plans of rows that meet the conditions. A share counts rows of `share`, a ratio compares `others`."""
    draft = rooted.draft
    measures = list(product(*(_possible_measures(rooted, measure, share, others) for measure in draft.measures)))
    counted = next((m.table for m in draft.measures if m.table), None)
    chosen = list(product(_possible_groups(rooted, measures), measures))[:MAX_PLANS]
    return [_aggregated(rooted, tuple(g), m, conditions, counted) for g, m in chosen]


def _aggregated(
    rooted: RootedDraft, groups: tuple[Group, ...], measures: tuple[Measure, ...], conditions: tuple[Condition, ...],
    counted: Table | None,
) -> Plan:  # fmt: skip
    draft = rooted.draft
    rank = _rank(rooted, groups)
    if draft.outer is not None and (rank is not None or draft.change or len(measures) != 1):
        raise Misread("I can compute one number of the groups, and rank nothing besides", weight=3)
    if draft.change and (len(groups) != 1 or rank is not None or draft.having is not None):
        raise Misread("I can say what changed for one number at a time, without groups", weight=3)
    named = named_keys(groups, ranked=rank is not None or draft.outer is not None)
    filters = (*conditions, *named)
    return Plan(
        rooted.root, counted, measures, groups, filters, rank, (), False, draft.having, draft.outer, draft.change
    )


def _rank(rooted: RootedDraft, groups: tuple[Group, ...]) -> Rank | None:
    if rooted.draft.rank is None:
        return None
    if not groups:
        raise Misread("I do not see what is to be ranked", weight=3)
    rank = Rank(rooted.draft.rank[0], rooted.draft.rank[1])
    # The first rows of each group: "top 3 products per category".
    return replace(rank, within=True, limit=rank.limit or 1) if len(groups) > 1 else rank


def _possible_measures(
    rooted: RootedDraft, measure: WantMeasure, share: tuple[Condition, ...], others: tuple[Condition, ...]
) -> list[Measure]:
    """The measure for every path to its column. Raises `Misread`."""
    if measure.aggregate in ("share", "ratio"):
        if measure.table not in (None, rooted.root):
            raise Misread("I can only compute a share of the rows that everything else belongs to", weight=2)
        refs = rooted.resolver.refs(measure.want) if measure.want else [None]
        _added_once(rooted, [ref for ref in refs if ref])
        return [Measure(measure.aggregate, ref, share, others) for ref in refs]
    if measure.want is not None:
        refs = rooted.resolver.refs(measure.want)
        if measure.aggregate in ("sum", "avg", "median"):
            _added_once(rooted, refs)
        return [Measure(measure.aggregate, ref) for ref in refs]
    if measure.table is None or measure.table == rooted.root:
        if rooted.draft.having and measure.table is None:
            raise Misread("I do not see which rows to count")
        return [Measure("count")]
    return [Measure("distinct", ref) for ref in rooted.resolver.key_refs(measure.table)]


def _added_once(rooted: RootedDraft, refs: list[Ref]) -> None:
    reached = next((ref for ref in refs if ref.path), None)
    if reached is not None:
        raise Misread(
            f"one row of {reached.table.name} belongs to many of {rooted.root.name}, so its numbers "
            "would count more than once",
            weight=3,
            final=True,
        )


def _possible_groups(rooted: RootedDraft, measures: list[tuple[Measure, ...]]) -> list[tuple[Group, ...]]:
    """Every combination of paths to what is grouped by, with the columns to show of it."""
    groups = list(
        product(*(rooted.resolver.groups(group) for group in rooted.draft.groups), *_compared_periods(rooted))
    )
    groups = _several(rooted, groups, measures)
    return [_with_shown(rooted, chosen) for chosen in groups] if rooted.draft.shown else groups


def _compared_periods(rooted: RootedDraft) -> list[list[Group]]:
    """The compared periods as one more group, for every clock that they can be of."""
    if not rooted.draft.periods:
        return []
    found = rooted.resolver.clocks_for(None)
    return [[Group(periods=tuple(TimeFilter(clock, moment) for moment in rooted.draft.periods)) for clock in found]]


def _several(
    rooted: RootedDraft, groups: list[tuple[Group, ...]], measures: list[tuple[Measure, ...]]
) -> list[tuple[Group, ...]]:
    """The groups without those by the root's own key, in which each count would be 1. Raises `Misread`."""
    own = tuple(Ref((), rooted.root, rooted.root.column(name)) for name in rooted.root.primary_key)
    if not own or not any(m.ref is None and m.aggregate == "count" for chosen in measures for m in chosen):
        return groups
    kept = [chosen for chosen in groups if not any(group.keys == own for group in chosen)]
    if not kept:
        raise Misread(f"each group would be one row of {rooted.root.name}", weight=2)
    return kept


def _with_shown(rooted: RootedDraft, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups with more columns to show: "with their names"."""
    changed = list(groups)
    for want in rooted.draft.shown:
        named = [(at, path) for at, group in enumerate(changed) for path in [_row_of(group, want.table)]]
        at, path = next(((at, path) for at, path in named if path is not None), (0, None))
        if path is None:
            raise Misread(f"I do not know what to do with “{want.column.name}” here", weight=2)
        refs = tuple(dict.fromkeys((*changed[at].refs, Ref(path, want.table, want.column))))
        changed[at] = Group(refs, changed[at].keys)
    return tuple(changed)


def _row_of(group: Group, table: Table) -> Path | None:
    """The path to the row of `table` that a group identifies; None if it identifies none."""
    owners = {key.path for key in group.keys}
    names = tuple(key.column.name for key in group.keys)
    if len(owners) != 1:
        return None
    owner = next(iter(owners))
    if group.keys[0].table == table and names == table.primary_key:
        return owner
    paths = {ref.path for ref in group.refs if ref.table == table and ref.path and ref.path[:-1] == owner}
    return next((path for path in paths if path[-1].key.columns == names), None)


def named_keys(groups: tuple[Group, ...], *, ranked: bool) -> tuple[Condition, ...]:
    """The conditions that ranked groups have a key: rows without one are left out."""
    keys = [key for group in groups for key in group.keys] if ranked else []
    clocks = [group.clock for group in groups if ranked and group.clock]
    keys += [Ref(clock.path, clock.table, clock.column) for clock in clocks if clock.column]
    return tuple(Filter(key, "not null") for key in keys if key.column.nullable or key.path)
