"""From a draft to plans: chooses the root table and the ways along keys. Each way that fits gives a plan."""

from dataclasses import dataclass, replace
from itertools import product

from buster_jobs.packages.ai.offline.deleted_rows import marks_deletion, not_deleted
from buster_jobs.packages.ai.offline.draft import Draft, Misread, WantFilter, WantMeasure, WantRelated, WantTime
from buster_jobs.packages.ai.offline.joins import JoinGraph, Path
from buster_jobs.packages.ai.offline.plan import Condition, Filter, Group, Measure, Plan, Rank, Ref, Related, TimeFilter
from buster_jobs.packages.ai.offline.showing import entity_columns, naming_columns
from buster_jobs.packages.ai.offline.ways import Ways, plain_paths
from buster_jobs.packages.data_sources.catalog import Table

_MAX_PLANS = 12


@dataclass(frozen=True, slots=True)
class Grounded:
    """A plan and what speaks against it: hops, and rows of a table that the question does not name."""

    plan: Plan
    cost: float


def ground(draft: Draft, graph: JoinGraph) -> list[Grounded]:
    """The plans of a draft. Raises `Misread` when no table leads to everything that is named."""
    needed = _needed(draft)
    if not needed and not draft.related:
        raise Misread("I see no table or column of the database in the question", weight=1)
    grounded: list[Grounded] = []
    reasons: list[Misread] = []
    for root in graph.tables.values():
        hops = [graph.hop_count(root, table) for table in needed]
        known = [hop_count for hop_count in hops if hop_count is not None]
        if len(known) < len(hops) or (draft.row_column and draft.entity != root):
            continue
        cost = 0.05 * sum(known) + (0.0 if root in needed else 0.15)
        # A list of rows by what some row of another table has is rarely meant where its own columns would do.
        cost += 0.25 if not draft.measures and draft.entity not in (None, root) else 0.0
        try:
            grounded += [Grounded(plan, cost) for plan in _Grounder(draft, graph, root).plans()]
        except Misread as misread:
            reasons.append(misread)
    if not grounded:
        open_ones = [reason for reason in reasons if not reason.final] or reasons
        raise max(open_ones, key=lambda r: r.weight, default=Misread(_apart(needed), weight=2))
    return grounded


def _apart(needed: list[Table]) -> str:
    return f"I see no way along foreign keys that joins {' and '.join(table.name for table in needed)}"


def _needed(draft: Draft) -> list[Table]:
    tables = [m.want.table for m in draft.measures if m.want] + [m.table for m in draft.measures if m.table]
    tables += [g.want.table for g in draft.groups if g.want] + [g.table for g in draft.groups if g.table]
    tables += [f.want.table for f in (*draft.filters, *(draft.share or ()), *draft.share_others)]
    tables += [t.want.table for t in (*draft.times, *draft.share_times) if t.want]
    tables += [*draft.tables, *(want.table for want in draft.shown)]
    tables += [draft.row_column.table] if draft.row_column else []
    return list(dict.fromkeys(tables))


def _contradict(conditions: tuple[Condition, ...]) -> bool:
    """ "from Rome … Oslo" by the same key twice: one word belongs elsewhere, or the question makes no sense."""
    equal = [c.ref for c in conditions if isinstance(c, Filter) and c.op in ("=", "in") and not c.negated]
    moments = [c for c in conditions if isinstance(c, TimeFilter) and c.moment.relation == "in"]
    return len(equal) != len(set(equal)) or len({c.clock for c in moments}) != len(moments)


def _named_keys(groups: tuple[Group, ...], *, ranked: bool) -> tuple[Condition, ...]:
    """What is ranked must be somebody: rows that belong to nobody are left out."""
    keys = [key for group in groups for key in group.keys] if ranked else []
    clocks = [group.clock for group in groups if ranked and group.clock]
    keys += [Ref(clock.path, clock.table, clock.column) for clock in clocks if clock.column]
    return tuple(Filter(key, "not null") for key in keys if key.column.nullable or key.path)


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


class _Grounder:
    """Grounds a draft at one root."""

    def __init__(self, draft: Draft, graph: JoinGraph, root: Table) -> None:
        self.draft, self.graph, self.root = draft, graph, root
        self.ways = Ways(graph, root, _needed(draft))

    def plans(self) -> list[Plan]:
        draft = self.draft
        if draft.having is not None and len(draft.measures) != 1:
            raise Misread("I can only use a number of rows as a condition when nothing else is counted", weight=3)
        filters = self._conditions(draft.filters, draft.times)
        related = product(*(self._related(want) for want in draft.related))
        share = self._conditions(draft.share or [], draft.share_times)
        others = self._conditions(draft.share_others, [])
        plans: list[Plan] = []
        for chosen, rest, shares, second in list(product(filters, related, share, others))[:_MAX_PLANS]:
            conditions = (*chosen, *rest, *self._present())
            conditions += self._not_deleted((*conditions, *shares, *second))
            plans += self._measured(conditions, shares, second) if draft.measures else self._listed(conditions)
        return plans

    def _measured(
        self, conditions: tuple[Condition, ...], share: tuple[Condition, ...], others: tuple[Condition, ...]
    ) -> list[Plan]:
        draft = self.draft
        groups = list(product(*(self.ways.groups(group) for group in draft.groups), *self._sides()))
        measures = list(product(*(self._measure(measure, share, others) for measure in draft.measures)))
        counted = next((m.table for m in draft.measures if m.table), None)
        groups = self._several(groups, measures)
        if draft.shown:
            groups = [self._with_shown(chosen) for chosen in groups]
        chosen = list(product(groups, measures))[:_MAX_PLANS]
        return [self._aggregated(tuple(g), m, conditions, counted) for g, m in chosen]

    def _aggregated(
        self, groups: tuple[Group, ...], measures: tuple[Measure, ...], conditions: tuple[Condition, ...],
        counted: Table | None,
    ) -> Plan:  # fmt: skip
        draft = self.draft
        rank = Rank(draft.rank[0], draft.rank[1]) if draft.rank else None
        if rank is not None and not groups:
            raise Misread("I do not see what is to be ranked", weight=3)
        if rank is not None and len(groups) > 1:
            # The best so many of each: "top 3 products per category".
            rank = replace(rank, within=True, limit=rank.limit or 1)
        if draft.outer is not None and (rank is not None or draft.change or len(measures) != 1):
            raise Misread("I can compute one number of the groups, and rank nothing besides", weight=3)
        if draft.change and (len(groups) != 1 or rank is not None or draft.having is not None):
            raise Misread("I can say what changed for one number at a time, without groups", weight=3)
        named = _named_keys(groups, ranked=rank is not None or draft.outer is not None)
        filters = (*conditions, *named)
        return Plan(
            self.root, counted, measures, groups, filters, rank, (), False, draft.having, draft.outer, draft.change
        )

    def _sides(self) -> list[list[Group]]:
        """The times that are compared, as one more group, by every clock that they can be of."""
        if not self.draft.sides:
            return []
        found = self.ways.clocks_for(None)
        return [[Group(sides=tuple(TimeFilter(clock, moment) for moment in self.draft.sides)) for clock in found]]

    def _several(self, groups: list[tuple[Group, ...]], measures: list[tuple[Measure, ...]]) -> list[tuple[Group, ...]]:
        """Without groups of which each would be a single row."""
        own = tuple(Ref((), self.root, self.root.column(name)) for name in self.root.primary_key)
        if not own or not any(m.ref is None and m.aggregate == "count" for chosen in measures for m in chosen):
            return groups
        kept = [chosen for chosen in groups if not any(group.keys == own for group in chosen)]
        if not kept:
            raise Misread(f"each group would be one row of {self.root.name}", weight=2)
        return kept

    def _with_shown(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """ "with their names": more columns of what is grouped by."""
        changed = list(groups)
        for want in self.draft.shown:
            named = [(at, path) for at, group in enumerate(changed) for path in [_row_of(group, want.table)]]
            at, path = next(((at, path) for at, path in named if path is not None), (0, None))
            if path is None:
                raise Misread(f"I do not know what to do with “{want.column.name}” here", weight=2)
            refs = tuple(dict.fromkeys((*changed[at].refs, Ref(path, want.table, want.column))))
            changed[at] = Group(refs, changed[at].keys)
        return tuple(changed)

    def _measure(
        self, measure: WantMeasure, share: tuple[Condition, ...], others: tuple[Condition, ...]
    ) -> list[Measure]:
        if measure.aggregate in ("share", "ratio"):
            if measure.table not in (None, self.root):
                raise Misread("I can only compute a share of the rows that everything else belongs to", weight=2)
            refs = self.ways.refs(measure.want) if measure.want else [None]
            self._added_once([ref for ref in refs if ref])
            return [Measure(measure.aggregate, ref, share, others) for ref in refs]
        if measure.want is not None:
            refs = self.ways.refs(measure.want)
            if measure.aggregate in ("sum", "avg", "median"):
                self._added_once(refs)
            return [Measure(measure.aggregate, ref) for ref in refs]
        if measure.table is None or measure.table == self.root:
            if self.draft.having and measure.table is None:
                raise Misread("I do not see which rows to count")
            return [Measure("count")]
        return [Measure("distinct", ref) for ref in self.ways.key_refs(measure.table)]

    def _added_once(self, refs: list[Ref]) -> None:
        reached = next((ref for ref in refs if ref.path), None)
        if reached is not None:
            raise Misread(
                f"one row of {reached.table.name} belongs to many of {self.root.name}, so its numbers "
                "would count more than once",
                weight=3,
                final=True,
            )

    def _conditions(self, wants: list[WantFilter], times: list[WantTime]) -> list[tuple[Condition, ...]]:
        choices: list[list[Condition]] = []
        for want in wants:
            refs = self.ways.refs(want.want)
            choices.append([Filter(ref, want.op, want.values, want.negated, want.words) for ref in refs])
        for time in times:
            clocks = self.ways.clocks_for(time.want)
            choices.append([TimeFilter(clock, time.moment) for clock in clocks])
        found = [tuple(chosen) for chosen in product(*choices) if not _contradict(chosen)]
        if not found:
            raise Misread("two conditions on the same column exclude each other", weight=3)
        return found

    def _related(self, want: WantRelated) -> list[Condition]:
        """By every way in which rows that meet the conditions can belong to a row of the root."""
        plain = not want.filters and not want.times
        if plain and self.graph.paths(self.root, want.table) and want.table != self.root:
            keys = self.ways.key_refs(want.table)
            return [Filter(key, "null" if want.negated else "not null") for key in keys]
        child = self._joining(want)
        inner = _Grounder(Draft(), self.graph, child)
        conditions = inner._conditions(list(want.filters), list(want.times))
        paths = plain_paths(self.graph.paths(child, self.root))
        return [
            Related(child, path, want.negated, (*chosen, *not_deleted(child, (), chosen)))
            for path in paths
            for chosen in conditions
        ]

    def _joining(self, want: WantRelated) -> Table:
        """The table whose rows belong to the root and have, or are, what is wanted."""
        if self.graph.paths(want.table, self.root) and want.table != self.root:
            return want.table
        found = [
            ((self.graph.hop_count(table, self.root) or 0) + (self.graph.hop_count(table, want.table) or 0), table)
            for table in self.graph.tables.values()
            if table != self.root and self.graph.paths(table, self.root) and self.graph.paths(table, want.table)
        ]
        nearest = [table for hops, table in found if hops == min(hops for hops, _ in found)]
        if len(nearest) != 1:
            raise Misread(f"I see no single key by which {want.table.name} belong to {self.root.name}", weight=2)
        return nearest[0]

    def _not_deleted(self, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        """That the rows that are counted, listed or computed with are not marked as deleted."""
        draft = self.draft
        wants = [group.want for group in draft.groups] + [*draft.shown]
        if any(want and marks_deletion(want.column) for want in wants):
            return ()
        meant = {self.root, draft.entity, *(measure.table for measure in draft.measures)}
        found: list[Condition] = []
        for table in sorted((table for table in meant if table), key=lambda table: (table != self.root, table.name)):
            paths = plain_paths(self.graph.paths(self.root, table))
            found += not_deleted(table, paths[0], conditions) if len(paths) == 1 else ()
        return tuple(found)

    def _present(self) -> tuple[Condition, ...]:
        """A table that is only mentioned must be there: rows without a partner in it do not count."""
        found: list[Condition] = []
        for table in self.draft.tables:
            if table == self.root or self.draft.row_column:
                continue
            for ref in self.ways.key_refs(table)[:1]:
                if ref.column.nullable:
                    found.append(Filter(ref, "not null"))
        return tuple(found)

    def _listed(self, conditions: tuple[Condition, ...]) -> list[Plan]:
        draft = self.draft
        entity = draft.entity or next((group.want.table for group in draft.groups if group.want), None)
        entity = entity or (draft.tables[0] if draft.tables else draft.shown[0].table if draft.shown else None)
        # A question that neither counts nor measures is a list only when it says so.
        if entity is None or not (draft.listing or draft.row_column or draft.asks_when):
            raise Misread("I do not see what is to be counted, measured or listed", weight=3)
        within = draft.groups if draft.row_column is not None else []
        if any(g.bucket for g in draft.groups if g not in within) or (
            len(draft.groups) > int(draft.asked) and not within
        ):
            raise Misread("I do not see what to rank by", weight=2)
        if draft.rank is not None and draft.row_column is None:
            raise Misread("I do not see what to rank by", weight=2)
        if draft.sides or draft.change:
            raise Misread("I do not see what to compare", weight=3)
        shown = [ref for want in draft.shown for ref in self.ways.refs(want)[:1]]
        wanted = [group.want for group in draft.groups if group.want and group not in within]
        shown += self._when() if draft.asks_when and not shown else []
        shown += [ref for want in wanted for ref in self.ways.refs(want)]
        path = self.ways.path(entity)
        columns = entity_columns(entity, path, tuple(shown), only_shown=bool(shown))
        if draft.row_column is None:
            named = {*entity.primary_key, *(column.name for column in naming_columns(entity))}
            distinct = bool(path) or bool(wanted) or not named & {ref.column.name for ref in columns}
            return [Plan(self.root, entity, (), (), conditions, None, columns, distinct)]
        ref = Ref((), self.root, draft.row_column.column)
        down, limit = draft.rank or (True, 1)
        present = Filter(ref, "not null")
        columns = tuple(dict.fromkeys((*columns, ref)))
        conditions = (*conditions, present)
        if not within:
            return [Plan(self.root, entity, (), (), conditions, Rank(down, limit, ref), columns)]
        rank = Rank(down, limit if draft.rank and draft.rank[1] else 1, ref, within=True)
        groups = list(product(*(self.ways.groups(group) for group in within)))
        told = {ref for chosen in groups for group in chosen for ref in group.refs}
        columns = tuple(column for column in columns if column == ref or column not in told)
        return [Plan(self.root, entity, (), tuple(g), (*conditions, *_named_keys(tuple(g), ranked=True)), rank, columns)
                for g in groups]  # fmt: skip

    def _when(self) -> list[Ref]:
        """The time of a row, when that is what is asked for."""
        found = [clock for clock in self.ways.clocks_for(None) if clock.column is not None]
        return [Ref(clock.path, clock.table, clock.column) for clock in found if clock.column is not None]
