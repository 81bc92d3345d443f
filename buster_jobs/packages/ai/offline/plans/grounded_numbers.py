"""Plans that compute: every combination of groups and measures, ranked or not. Lists of rows are next door."""

from dataclasses import replace
from itertools import product

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.plans.grounded_groups import groups_by_ways, named_keys
from buster_jobs.packages.ai.offline.plans.grounded_measures import measure_by_ways
from buster_jobs.packages.ai.offline.plans.plan import Condition, Group, Measure, Plan, Rank
from buster_jobs.packages.ai.offline.plans.rooted_draft import Standpoint
from buster_jobs.packages.data_sources.catalog import Table

MAX_PLANS = 12


def plans_of_numbers(
    here: Standpoint, conditions: tuple[Condition, ...], share: tuple[Condition, ...], others: tuple[Condition, ...]
) -> list[Plan]:
    """Of rows that meet the conditions; a share is of those that meet `share`, set against `others` in a ratio."""
    draft = here.draft
    measures = list(product(*(measure_by_ways(here, measure, share, others) for measure in draft.measures)))
    counted = next((m.table for m in draft.measures if m.table), None)
    chosen = list(product(groups_by_ways(here, measures), measures))[:MAX_PLANS]
    return [_aggregated(here, tuple(g), m, conditions, counted) for g, m in chosen]


def _aggregated(
    here: Standpoint, groups: tuple[Group, ...], measures: tuple[Measure, ...], conditions: tuple[Condition, ...],
    counted: Table | None,
) -> Plan:  # fmt: skip
    draft = here.draft
    rank = _rank(here, groups)
    if draft.outer is not None and (rank is not None or draft.change or len(measures) != 1):
        raise Misread("I can compute one number of the groups, and rank nothing besides", weight=3)
    if draft.change and (len(groups) != 1 or rank is not None or draft.having is not None):
        raise Misread("I can say what changed for one number at a time, without groups", weight=3)
    named = named_keys(groups, ranked=rank is not None or draft.outer is not None)
    filters = (*conditions, *named)
    return Plan(here.root, counted, measures, groups, filters, rank, (), False, draft.having, draft.outer, draft.change)


def _rank(here: Standpoint, groups: tuple[Group, ...]) -> Rank | None:
    if here.draft.rank is None:
        return None
    if not groups:
        raise Misread("I do not see what is to be ranked", weight=3)
    rank = Rank(here.draft.rank[0], here.draft.rank[1])
    # The best so many of each: "top 3 products per category".
    return replace(rank, within=True, limit=rank.limit or 1) if len(groups) > 1 else rank
