"""Plans that drop a table which the question names are rejected."""

from collections.abc import Iterable, Iterator

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.plans.grounding import Grounded
from buster_jobs.packages.ai.offline.plans.plan import Condition, Filter, Group, Plan, Ref, TimeFilter
from buster_jobs.packages.ai.offline.reading.readings import Reading, Tab
from buster_jobs.packages.ai.schema.clocks import Clock
from buster_jobs.packages.ai.schema.joins import JoinGraph, Path
from buster_jobs.packages.ai.schema.row_names import rows_of
from buster_jobs.packages.data_sources.catalog import Table

_Key = tuple[str, str]


# A table that is only mentioned ("how much did customers spend") may be this many keys away from the root. A sum over
# rows that are further away is rarely the sum of the mentioned rows.
_NEAR, _NEAR_SUM = 2, 1


def without_dropped(grounded: list[Grounded], readings: Iterable[Reading], graph: JoinGraph) -> list[Grounded]:
    """The plans that use every named table. Raises `Misread` when there are none."""
    named = [reading.table for reading in readings if isinstance(reading, Tab)]
    dropped = [next((t for t in named if not _has_part(found.plan, t, graph)), None) for found in grounded]
    kept = [found for found, table in zip(grounded, dropped, strict=True) if table is None]
    if not kept and dropped and dropped[0] is not None:
        rows, root = rows_of(dropped[0]), rows_of(grounded[0].plan.root)
        raise Misread(f"I do not see how to compute that for {rows}, only for {root}", weight=3, final=True)
    return kept


def _has_part(plan: Plan, table: Table, graph: JoinGraph) -> bool:
    if _key(table) in set(_plan(plan)):
        return True
    near = _NEAR_SUM if any(measure.aggregate == "sum" for measure in plan.measures) else _NEAR
    return any(len(path) <= near and _always(path, plan.root) for path in graph.paths(plan.root, table))


def _always(path: Path, root: Table) -> bool:
    """Whether every row of the root has a row at the end of the path: then to mention its table adds no condition."""
    owners = (root, *(hop.target for hop in path))
    return not any(owner.column(n).nullable for owner, hop in zip(owners, path, strict=False) for n in hop.key.columns)


def _key(table: Table) -> _Key:
    return table.schema, table.name


def _plan(plan: Plan) -> Iterator[_Key]:
    yield _key(plan.root)
    refs = [*plan.columns, *(m.ref for m in plan.measures if m.ref), *([plan.rank.ref] if plan.rank else [])]
    for ref in refs:
        yield from _ref(ref)
    conditions = [*plan.filters, *(c for m in plan.measures for c in (*m.conditions, *m.others))]
    for condition in conditions:
        yield from _condition(condition)
    for group in plan.groups:
        yield from _group(group)


def _group(group: Group) -> Iterator[_Key]:
    for ref in (*group.refs, *group.keys):
        yield from _ref(ref)
    for clock in (group.clock, *(period.clock for period in group.periods)):
        yield from _clock(clock)


def _condition(condition: Condition) -> Iterator[_Key]:
    if isinstance(condition, Filter):
        yield from _ref(condition.ref)
    elif isinstance(condition, TimeFilter):
        yield from _clock(condition.clock)
    else:
        yield _key(condition.child)
        yield from ((key.referred_schema, key.referred_table) for key in condition.child.foreign_keys)
        yield from _path(condition.path)
        for inner in condition.conditions:
            yield from _condition(inner)


def _ref(ref: Ref | None) -> Iterator[_Key]:
    """The tables on the path, and the one that a key column refers to."""
    if ref is None:
        return
    yield _key(ref.table)
    yield from _path(ref.path)
    for key in ref.table.foreign_keys:
        if ref.column.name in key.columns:
            yield key.referred_schema, key.referred_table


def _clock(clock: Clock | None) -> Iterator[_Key]:
    if clock is not None:
        yield _key(clock.table)
        yield from _path(clock.path)


def _path(path: Path) -> Iterator[_Key]:
    return (_key(hop.target) for hop in path)
