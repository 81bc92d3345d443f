"""The conditions of a plan: one choice for each path from the root to their columns, times and related rows."""

from itertools import product

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, WantFilter, WantRelated, WantTime
from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Ref, Related, TimeFilter
from buster_jobs.packages.ai.offline.plans.resolver import plain_paths
from buster_jobs.packages.ai.offline.plans.rooted_draft import RootedDraft, root_draft
from buster_jobs.packages.ai.schema.deleted_rows import deletion_mark, marks_deletion
from buster_jobs.packages.ai.schema.joins import Path
from buster_jobs.packages.data_sources.catalog import Table


def conditions_of(rooted: RootedDraft, wants: list[WantFilter], times: list[WantTime]) -> list[tuple[Condition, ...]]:
    """The conditions by every combination of paths. Raises `Misread` when all contradict themselves."""
    choices: list[list[Condition]] = []
    for want in wants:
        refs = rooted.resolver.refs(want.want)
        choices.append([Filter(ref, want.op, want.values, want.negated, want.words) for ref in refs])
    for time in times:
        clocks = rooted.resolver.clocks_for(time.want)
        choices.append([TimeFilter(clock, time.moment) for clock in clocks])
    found = [tuple(chosen) for chosen in product(*choices) if not _contradict(chosen)]
    if not found:
        raise Misread("two conditions on the same column exclude each other", weight=3)
    return found


def _contradict(conditions: tuple[Condition, ...]) -> bool:
    """Whether one column has to equal two values, or one clock two times: "from Rome … Oslo" by the same key."""
    equal = [c.ref for c in conditions if isinstance(c, Filter) and c.op in ("=", "in") and not c.negated]
    moments = [c for c in conditions if isinstance(c, TimeFilter) and c.moment.relation == "in"]
    return len(equal) != len(set(equal)) or len({c.clock for c in moments}) != len(moments)


def related_rows(rooted: RootedDraft, want: WantRelated) -> list[Condition]:
    """The condition by every path on which related rows can refer to a row of the root."""
    plain = not want.filters and not want.times
    if plain and rooted.graph.paths(rooted.root, want.table) and want.table != rooted.root:
        keys = rooted.resolver.key_refs(want.table)
        return [Filter(key, "null" if want.negated else "not null") for key in keys]
    child = _joining(rooted, want)
    inner = root_draft(Draft(), rooted.graph, child)
    conditions = conditions_of(inner, list(want.filters), list(want.times))
    paths = plain_paths(rooted.graph.paths(child, rooted.root))
    return [
        Related(child, path, want.negated, (*chosen, *_not_deleted(child, (), chosen)))
        for path in paths
        for chosen in conditions
    ]


def _joining(rooted: RootedDraft, want: WantRelated) -> Table:
    """The table whose rows refer to the root: the wanted one, or the nearest that refers to both. Raises `Misread`."""
    if rooted.graph.paths(want.table, rooted.root) and want.table != rooted.root:
        return want.table
    found = [
        ((rooted.graph.hop_count(table, rooted.root) or 0) + (rooted.graph.hop_count(table, want.table) or 0), table)
        for table in rooted.graph.tables.values()
        if table != rooted.root and rooted.graph.paths(table, rooted.root) and rooted.graph.paths(table, want.table)
    ]
    nearest = [table for hops, table in found if hops == min(hops for hops, _ in found)]
    if len(nearest) != 1:
        raise Misread(f"I see no single key by which {want.table.name} belong to {rooted.root.name}", weight=2)
    return nearest[0]


def none_deleted(rooted: RootedDraft, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions that no counted, listed or measured row is marked as deleted."""
    draft = rooted.draft
    wants = [group.want for group in draft.groups] + [*draft.shown]
    if any(want and marks_deletion(want.column) for want in wants):
        return ()
    meant = {rooted.root, draft.entity, *(measure.table for measure in draft.measures)}
    found: list[Condition] = []
    for table in sorted((table for table in meant if table), key=lambda table: (table != rooted.root, table.name)):
        paths = plain_paths(rooted.graph.paths(rooted.root, table))
        found += _not_deleted(table, paths[0], conditions) if len(paths) == 1 else ()
    return tuple(found)


def partners_there(rooted: RootedDraft) -> tuple[Condition, ...]:
    """The conditions that rows of tables which are only mentioned exist."""
    found: list[Condition] = []
    for table in rooted.draft.tables:
        if table == rooted.root or rooted.draft.row_column:
            continue
        for ref in rooted.resolver.key_refs(table)[:1]:
            if ref.column.nullable:
                found.append(Filter(ref, "not null"))
    return tuple(found)


def _not_deleted(table: Table, path: Path, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The condition that the row of the table at the end of `path` is kept.

    Empty when rows carry no mark of deletion, or when `conditions` are about the mark already.
    """
    mark = deletion_mark(table)
    if mark is None or any(isinstance(c, Filter) and c.ref.column == mark and c.ref.table == table for c in conditions):
        return ()
    ref = Ref(path, table, mark)
    if mark.type != "boolean":
        return (Filter(ref, "null", words="not deleted"),)
    if not mark.nullable:
        return (Filter(ref, "=", (False,), words="not deleted"),)
    return (Filter(ref, "=", (True,), negated=True, words="deleted"),)
