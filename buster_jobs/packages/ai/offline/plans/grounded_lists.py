"""Plans that list rows, or the distinct values of columns, ranked or not."""

from dataclasses import replace
from itertools import product

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Draft, WantGroup
from buster_jobs.packages.ai.offline.plans.grounded_numbers import named_keys
from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Plan, Rank, Ref
from buster_jobs.packages.ai.offline.plans.rooted_draft import RootedDraft
from buster_jobs.packages.ai.schema.derived_columns import Derived
from buster_jobs.packages.ai.schema.joins import Path
from buster_jobs.packages.ai.schema.row_names import naming_columns
from buster_jobs.packages.data_sources.catalog import Column, Table

_MOST_COLUMNS = 8


def plans_of_rows(rooted: RootedDraft, conditions: tuple[Condition, ...]) -> list[Plan]:
    """The plans that list the rows that meet the conditions. Raises `Misread` if the question asks for no list."""
    draft = rooted.draft
    entity = _entity(draft)
    within = draft.groups if draft.row_column is not None else []
    _refuse_unlisted(draft, within)
    columns = _columns(rooted, entity, within)
    if draft.row_column is None:
        named = {*entity.primary_key, *(column.name for column in naming_columns(entity))}
        wanted = any(group.want for group in draft.groups)
        distinct = bool(rooted.resolver.path(entity)) or wanted or not named & {ref.column.name for ref in columns}
        return [Plan(rooted.root, entity, (), (), conditions, None, columns, distinct)]
    ref = Ref((), rooted.root, draft.row_column.column)
    listed = Plan(rooted.root, entity, (), (), (*conditions, Filter(ref, "not null")), None, columns)
    return _ranked(rooted, listed, within, ref)


def _entity(draft: Draft) -> Table:
    """The table whose rows are listed. Raises `Misread` unless the question asks for a list."""
    entity = draft.entity or next((group.want.table for group in draft.groups if group.want), None)
    entity = entity or (draft.tables[0] if draft.tables else draft.shown[0].table if draft.shown else None)
    if entity is None or not (draft.listing or draft.row_column or draft.asks_when):
        raise Misread("I do not see what is to be counted, measured or listed", weight=3)
    return entity


def _refuse_unlisted(draft: Draft, within: list[WantGroup]) -> None:
    buckets = any(group.bucket for group in draft.groups if group not in within)
    if buckets or (len(draft.groups) > int(draft.asked) and not within):
        raise Misread("I do not see what to rank by", weight=2)
    if draft.rank is not None and draft.row_column is None:
        raise Misread("I do not see what to rank by", weight=2)
    if draft.periods or draft.change:
        raise Misread("I do not see what to compare", weight=3)


def _columns(rooted: RootedDraft, entity: Table, within: list[WantGroup]) -> tuple[Ref, ...]:
    """The columns of a listed row: those asked for, else those that name it."""
    draft = rooted.draft
    shown = [ref for want in draft.shown for ref in rooted.resolver.refs(want)[:1]]
    wanted = [group.want for group in draft.groups if group.want and group not in within]
    shown += _when(rooted) if draft.asks_when and not shown else []
    shown += [ref for want in wanted for ref in rooted.resolver.refs(want)]
    return _known_by(entity, rooted.resolver.path(entity), tuple(shown), only_shown=bool(shown))


def _ranked(rooted: RootedDraft, listed: Plan, within: list[WantGroup], ref: Ref) -> list[Plan]:
    """The plans that keep the first rows by a column, of all or within each group."""
    down, limit = rooted.draft.rank or (True, 1)
    columns = tuple(dict.fromkeys((*listed.columns, ref)))
    if not within:
        return [replace(listed, rank=Rank(down, limit, ref), columns=columns)]
    rank = Rank(down, limit if rooted.draft.rank and limit else 1, ref, within=True)
    groups = [tuple(chosen) for chosen in product(*(rooted.resolver.groups(group) for group in within))]
    told = {ref for chosen in groups for group in chosen for ref in group.refs}
    columns = tuple(column for column in columns if column == ref or column not in told)
    return [
        replace(listed, groups=g, filters=(*listed.filters, *named_keys(g, ranked=True)), rank=rank, columns=columns)
        for g in groups
    ]


def _when(rooted: RootedDraft) -> list[Ref]:
    """The time of a row, if the question asks when."""
    found = [clock for clock in rooted.resolver.clocks_for(None) if clock.column is not None]
    return [Ref(clock.path, clock.table, clock.column) for clock in found if clock.column is not None]


def _known_by(table: Table, path: Path, shown: tuple[Ref, ...], *, only_shown: bool) -> tuple[Ref, ...]:
    """The columns asked for, else names and keys, else the first 8 columns."""
    names = [Ref(path, table, column) for column in naming_columns(table)]
    keys = [Ref(path, table, table.column(name)) for name in table.primary_key]
    if only_shown:
        return tuple(dict.fromkeys((*names, *shown))) if all(ref.table == table for ref in shown) else shown
    if names or (keys and path):
        return tuple(dict.fromkeys((*keys, *names)))
    others = [Ref(path, table, column) for column in table.columns if _listed(column)]
    return tuple(dict.fromkeys((*keys, *others)))[:_MOST_COLUMNS]


def _listed(column: Column) -> bool:
    return column.type != "json" and not isinstance(column, Derived)
