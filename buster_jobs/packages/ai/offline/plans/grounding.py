"""From a draft to plans: tries every table as root. Each path along keys that fits gives a plan."""

from dataclasses import dataclass
from itertools import product

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft
from buster_jobs.packages.ai.offline.plans.grounded_conditions import (
    conditions_of,
    none_deleted,
    partners_there,
    related_rows,
)
from buster_jobs.packages.ai.offline.plans.grounded_lists import plans_of_rows
from buster_jobs.packages.ai.offline.plans.grounded_numbers import MAX_PLANS, plans_of_numbers
from buster_jobs.packages.ai.offline.plans.plan import Plan
from buster_jobs.packages.ai.offline.plans.rooted_draft import RootedDraft, needed_tables, root_draft
from buster_jobs.packages.ai.schema.joins import JoinGraph
from buster_jobs.packages.data_sources.catalog import Table


@dataclass(frozen=True, slots=True)
class Grounded:
    """A plan and its cost: hops, and a root that the question leaves unnamed. The cost lowers the score."""

    plan: Plan
    cost: float


def ground(draft: Draft, graph: JoinGraph) -> list[Grounded]:
    """The plans of a draft. Raises `Misread` when no table leads to everything that is named."""
    needed = needed_tables(draft)
    if not needed and not draft.related:
        raise Misread("I see no table or column of the database in the question", weight=1)
    grounded: list[Grounded] = []
    reasons: list[Misread] = []
    for root in graph.tables.values():
        cost = _cost(draft, graph, root, needed)
        if cost is None or (draft.row_column and draft.entity != root):
            continue
        try:
            grounded += [Grounded(plan, cost) for plan in _plans(root_draft(draft, graph, root))]
        except Misread as misread:
            reasons.append(misread)
    if not grounded:
        open_ones = [reason for reason in reasons if not reason.final] or reasons
        raise max(open_ones, key=lambda r: r.weight, default=Misread(_apart(needed), weight=2))
    return grounded


def _cost(draft: Draft, graph: JoinGraph, root: Table, needed: list[Table]) -> float | None:
    """The cost of the root; None if a needed table is out of its reach."""
    hops = [graph.hop_count(root, table) for table in needed]
    known = [hop_count for hop_count in hops if hop_count is not None]
    if len(known) < len(hops):
        return None
    cost = 0.05 * sum(known) + (0.0 if root in needed else 0.15)
    # A list of rows by columns of another table is rarely meant if their own columns fit.
    return cost + (0.25 if not draft.measures and draft.entity not in (None, root) else 0.0)


def _apart(needed: list[Table]) -> str:
    return f"I see no way along foreign keys that joins {' and '.join(table.name for table in needed)}"


def _plans(rooted: RootedDraft) -> list[Plan]:
    draft = rooted.draft
    if draft.having is not None and len(draft.measures) != 1:
        raise Misread("I can only use a number of rows as a condition when nothing else is counted", weight=3)
    filters = conditions_of(rooted, draft.filters, draft.times)
    related = product(*(related_rows(rooted, want) for want in draft.related))
    share = conditions_of(rooted, draft.share or [], draft.share_times)
    others = conditions_of(rooted, draft.share_others, [])
    plans: list[Plan] = []
    for chosen, rest, shares, second in list(product(filters, related, share, others))[:MAX_PLANS]:
        conditions = (*chosen, *rest, *partners_there(rooted))
        conditions += none_deleted(rooted, (*conditions, *shares, *second))
        plans += (
            plans_of_numbers(rooted, conditions, shares, second)
            if draft.measures
            else plans_of_rows(rooted, conditions)
        )
    return plans
