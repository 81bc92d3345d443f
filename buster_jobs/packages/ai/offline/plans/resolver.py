"""Resolves the columns, groups and clocks of a draft to paths from one root table."""

from collections.abc import Callable

from buster_jobs.packages.ai.offline.errors import Misread
from buster_jobs.packages.ai.offline.meaning.draft import Want, WantGroup
from buster_jobs.packages.ai.offline.plans.plan import Group, Ref
from buster_jobs.packages.ai.offline.reading.english import ROLE_VERBS, ROLES
from buster_jobs.packages.ai.schema.clocks import Clock, clock_of, clocks, keeps_time_of, timestamps
from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.joins import JoinGraph, Path
from buster_jobs.packages.ai.schema.names import KEY_WORDS, expand, table_words
from buster_jobs.packages.ai.schema.row_names import is_surrogate, naming_columns
from buster_jobs.packages.ai.schema.words import singular, split_name, stem
from buster_jobs.packages.data_sources.catalog import Column, Table

_WHOLE = ("year", "month", "day")


class Resolver:
    """Resolves what a draft wants, with paths from `root`. `needed` are all tables of the draft."""

    def __init__(self, graph: JoinGraph, root: Table, needed: list[Table]) -> None:
        self.graph, self.root, self.needed = graph, root, needed

    def paths(self, want: Want) -> tuple[Path, ...]:
        """The paths to the wanted column's table that its roles allow. Raises `Misread`."""
        paths = self.graph.paths(self.root, want.table)
        if want.via is not None:
            named = tuple(path for path in paths if any(want.via in hop.key.columns for hop in path))
            if not named:
                raise Misread(f"I see no way through {want.via}", weight=2)
            paths = named
        if len(paths) > 1:
            fitting = tuple(path for path in paths if _plays(self._key_columns(path), want.roles))
            paths = fitting or plain_paths(paths)
        return paths

    def path(self, table: Table) -> Path:
        """The only path to a table. Raises `Misread` when there are several."""
        paths = plain_paths(self.graph.paths(self.root, table))
        if len(paths) != 1:
            raise Misread(f"there is more than one way from {self.root.name} to {table.name}", weight=3)
        return paths[0]

    def refs(self, want: Want) -> list[Ref]:
        """The column by every path that fits. Raises `Misread`."""
        self._check_role(want)
        return [Ref(path, want.table, want.column) for path in self.paths(want)]

    def key_refs(self, table: Table) -> list[Ref]:
        """The column that refers to the table, for every path. Raises `Misread` for a key of several columns."""
        found: list[Ref] = []
        for path in plain_paths(self.graph.paths(self.root, table)):
            keys = self._last_keys(path)
            if len(keys) != 1:
                raise Misread(f"{table.name} has no single key to count", weight=2)
            found += keys
        return found

    def groups(self, group: WantGroup) -> list[Group]:
        """The group for every path that fits. Raises `Misread`."""
        if group.bucket is not None:
            known = [Group(clock=clock, bucket=group.bucket) for clock in self._bucket_clocks(group.bucket)]
            if not known:
                raise Misread(f"{self.root.name} has no {group.bucket} to group by", weight=3)
            return known
        if group.table is not None:
            return self._table_groups(group.table, group.roles)
        if group.want is None:
            raise TypeError(group)
        return [self._column_group(ref) for ref in self.refs(group.want)]

    def clocks_for(self, want: Want | None) -> list[Clock]:
        """The clocks that a time condition can be about. Raises `Misread` when there are none."""
        if want is not None:
            return [clock_of(want.column, want.table, ref.path) for ref in self.refs(want)]
        found = self._clocks(clocks)
        if not found:
            raise Misread(f"{self.root.name} has no date or time that I could filter by", weight=3)
        return found

    def _bucket_clocks(self, bucket: str) -> list[Clock]:
        found = self._clocks(clocks)
        if bucket in ("week", "weekday", "hour") and not any(_can(clock, bucket) for clock in found):
            found = self._clocks(timestamps)
        return [clock for clock in found if _can(clock, bucket)]

    def _clocks(self, read: Callable[[Table, Path], list[Clock]]) -> list[Clock]:
        if own := read(self.root, ()):
            return own
        for table, path in keeps_time_of(self.graph, self.root):
            if found := read(table, path):
                return found
        others = [table for table in self.needed if table != self.root]
        return [clock for table in others for path in self.graph.paths(self.root, table) for clock in read(table, path)]

    def _table_groups(self, table: Table, roles: frozenset[str]) -> list[Group]:
        names = naming_columns(table)
        groups: list[Group] = []
        for path in self.paths(Want(table, table.columns[0], roles)):
            keys = self._last_keys(path)
            groups.append(Group(_shown(keys, [Ref(path, table, column) for column in names]), keys))
        if any(not group.refs for group in groups):
            raise Misread(f"{table.name} has no key to group by", weight=2)
        return groups

    def _column_group(self, ref: Ref) -> Group:
        hop = self.graph.target(ref.table, ref.column.name)
        if hop is not None:
            path = (*ref.path, hop)
            names = [Ref(path, hop.target, column) for column in naming_columns(hop.target)]
            return Group(_shown((ref,), names), (ref,))
        if ref.table.primary_key == (ref.column.name,):
            names = [Ref(ref.path, ref.table, column) for column in naming_columns(ref.table)]
            return Group((ref, *(name for name in names if name != ref)), (ref,))
        return Group((ref,), (ref,))

    def _last_keys(self, path: Path) -> tuple[Ref, ...]:
        """The columns that refer to the table at the end of a path; the root's primary key for the empty path."""
        if not path:
            return tuple(Ref((), self.root, self.root.column(name)) for name in self.root.primary_key)
        *before, last = path
        owner = before[-1].target if before else self.root
        return tuple(Ref(tuple(before), owner, owner.column(name)) for name in last.key.columns)

    def _key_columns(self, path: Path) -> list[Column]:
        owners = (self.root, *(hop.target for hop in path))
        return [owner.column(name) for owner, hop in zip(owners, path, strict=False) for name in hop.key.columns]

    def _check_role(self, want: Want) -> None:
        """Raises `Misread` if the preposition of a value in a key column fits another key better."""
        verbs = want.roles & ROLE_VERBS
        if verbs and not _plays([want.column], verbs) and _plays([want.column], frozenset(ROLES) - _same(verbs)):
            raise Misread(f"{' '.join(verbs)} does not fit {want.column.name}", weight=1)
        siblings = [hop.key.columns[0] for hop in self.graph.hops(want.table) if len(hop.key.columns) == 1]
        if want.column.name not in siblings or len(siblings) < 2:
            return
        others = [want.table.column(name) for name in siblings if name != want.column.name]
        if not _plays([want.column], want.roles) and any(_plays([other], want.roles) for other in others):
            raise Misread(f"the preposition does not fit {want.column.name}", weight=1)


def plain_paths(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The path whose keys have the names of their tables, if there is exactly one; else all paths."""
    plain = tuple(path for path in paths if path and _is_plain(path))
    return plain if len(plain) == 1 else paths


def _is_plain(path: Path) -> bool:
    names = [tuple(w for w in expand(split_name(hop.key.columns[0])) if w not in KEY_WORDS) for hop in path]
    return all(
        tuple(map(singular, name)) in ((), table_words(hop.target)) for name, hop in zip(names, path, strict=True)
    )


def _same(verbs: frozenset[str]) -> frozenset[str]:
    meant = [ROLES[verb] for verb in verbs]
    return frozenset(role for role, words in ROLES.items() if words in meant)


def _can(clock: Clock, bucket: str) -> bool:
    """Whether the clock is fine enough for the bucket."""
    if clock.column is not None:
        return bucket != "hour" or clock.column.type == "timestamp"
    needed = {"quarter": ("month",), "week": _WHOLE, "weekday": _WHOLE}.get(bucket, (bucket,))
    return all(clock.part(name) is not None for name in needed)


def _shown(keys: tuple[Ref, ...], names: list[Ref]) -> tuple[Ref, ...]:
    """The columns to show of a group: readable keys and names; a surrogate key only without a name."""
    if names and all(is_surrogate(ref.column) for ref in keys):
        return tuple(names)
    return tuple(dict.fromkeys((*keys, *names)))


def _plays(columns: list[Column], roles: frozenset[str]) -> bool:
    wanted = frozenset[str]().union(*(ROLES.get(role, frozenset()) for role in roles))
    for column in columns:
        for word in (*split_name(column.name), *read_comment(column).head[:3]):
            if any(stem(word) == stem(role) or (len(word) >= 3 and role.startswith(word)) for role in wanted):
                return True
    return False
