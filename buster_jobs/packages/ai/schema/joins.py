"""Paths between tables along foreign keys, always from the many side to the one side: a join never multiplies rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from buster_jobs.packages.data_sources.catalog import Catalog, ForeignKey, Table

MAX_HOPS = 4


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: from the table that owns `key` to the table it refers to."""

    key: ForeignKey
    target: Table


Path = tuple[Hop, ...]


class JoinGraph:
    """All foreign keys of a catalog that lead to a table of the same catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.tables = {(table.schema, table.name): table for table in catalog.tables}
        self._known: dict[tuple[str, str, str, str], tuple[Path, ...]] = {}

    def hops(self, table: Table) -> Iterator[Hop]:
        """The hops from `table`, one for each of its foreign keys."""
        for key in table.foreign_keys:
            target = self.tables.get((key.referred_schema, key.referred_table))
            if target is not None:
                yield Hop(key, target)

    def paths(self, start: Table, end: Table) -> tuple[Path, ...]:
        """Every shortest path of at most 4 hops, none if `end` is out of reach. From a table to itself it is empty."""
        names = (start.schema, start.name, end.schema, end.name)
        if names not in self._known:
            self._known[names] = self._search(start, end)
        return self._known[names]

    def _search(self, start: Table, end: Table) -> tuple[Path, ...]:
        if start == end:
            return ((),)
        frontier: list[tuple[Table, Path]] = [(start, ())]
        for _ in range(MAX_HOPS):
            frontier = [
                (hop.target, (*path, hop))
                for table, path in frontier
                for hop in self.hops(table)
                if hop.target not in [step.target for step in path] and (hop.target != start or end == start)
            ]
            found = tuple(path for table, path in frontier if table == end)
            if found:
                return found
        return ()

    def hop_count(self, start: Table, end: Table) -> int | None:
        """The number of hops of the shortest path, None when there is no path."""
        paths = self.paths(start, end)
        return len(paths[0]) if paths else None

    def target(self, table: Table, column: str) -> Hop | None:
        """The hop of the single-column foreign key that `column` is, if it is one."""
        return next((hop for hop in self.hops(table) if hop.key.columns == (column,)), None)


def is_key(table: Table, column: str) -> bool:
    """Whether the column belongs to the primary key or to a single-column foreign key."""
    return column in table.primary_key or any(key.columns == (column,) for key in table.foreign_keys)
