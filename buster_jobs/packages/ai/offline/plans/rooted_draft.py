"""A draft with the table that is tried as its root: the input of every part of a plan."""

from dataclasses import dataclass

from buster_jobs.packages.ai.offline.meaning.draft import Draft
from buster_jobs.packages.ai.offline.plans.resolver import Resolver
from buster_jobs.packages.ai.schema.joins import JoinGraph
from buster_jobs.packages.data_sources.catalog import Table


@dataclass(frozen=True, slots=True)
class RootedDraft:
    """A draft, its root, and the resolver of paths from there."""

    draft: Draft
    graph: JoinGraph
    root: Table
    resolver: Resolver


def root_draft(draft: Draft, graph: JoinGraph, root: Table) -> RootedDraft:
    """The draft with `root` as its root."""
    return RootedDraft(draft, graph, root, Resolver(graph, root, needed_tables(draft)))


def needed_tables(draft: Draft) -> list[Table]:
    """Every table that the root must lead to."""
    tables = [m.want.table for m in draft.measures if m.want] + [m.table for m in draft.measures if m.table]
    tables += [g.want.table for g in draft.groups if g.want] + [g.table for g in draft.groups if g.table]
    tables += [f.want.table for f in (*draft.filters, *(draft.share or ()), *draft.share_others)]
    tables += [t.want.table for t in (*draft.times, *draft.share_times) if t.want]
    tables += [*draft.tables, *(want.table for want in draft.shown)]
    tables += [draft.row_column.table] if draft.row_column else []
    return list(dict.fromkeys(tables))
