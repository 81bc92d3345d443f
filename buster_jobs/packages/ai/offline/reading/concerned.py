"""Which tables a question can concern: those that a plan can join with one that it names. Looks up no values."""

from collections.abc import Iterable

from buster_jobs.packages.ai.offline.reading.readings import Item, Tab
from buster_jobs.packages.ai.schema.joins import MAX_HOPS, JoinGraph
from buster_jobs.packages.data_sources.catalog import Table

_Name = tuple[str, str]


def concerned(items: Iterable[Item], graph: JoinGraph) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """Those tables and the others. Where the question names none, it can concern them all."""
    named = {_name(reading.table) for item in items for reading, _ in item.readings if isinstance(reading, Tab)}
    reached = _reached(_reached(named, _owners(graph)), _targets(graph)) if named else set(graph.tables)
    near = tuple(table for name, table in graph.tables.items() if name in reached)
    return near, tuple(table for name, table in graph.tables.items() if name not in reached)


def _reached(start: set[_Name], steps: dict[_Name, set[_Name]]) -> set[_Name]:
    """All that so many steps lead to, as many as a plan takes along keys in one direction."""
    reached, last = set(start), set(start)
    for _ in range(MAX_HOPS):
        last = {other for name in last for other in steps.get(name, ())} - reached
        reached |= last
    return reached


def _targets(graph: JoinGraph) -> dict[_Name, set[_Name]]:
    return {name: {_name(hop.target) for hop in graph.hops(table)} for name, table in graph.tables.items()}


def _owners(graph: JoinGraph) -> dict[_Name, set[_Name]]:
    owners: dict[_Name, set[_Name]] = {}
    for name, targets in _targets(graph).items():
        for target in targets:
            owners.setdefault(target, set()).add(name)
    return owners


def _name(table: Table) -> _Name:
    return table.schema, table.name
