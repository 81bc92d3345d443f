"""Keys that names imply where the database declares none: `orders.cust_id` refers to `customers`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from buster_jobs.packages.ai.schema.names import KEY_WORDS, expand, table_words
from buster_jobs.packages.ai.schema.words import singular, split_name
from buster_jobs.packages.data_sources.catalog import Catalog, Column, ForeignKey, Table

_KINDS = frozenset({"integer", "text", "other"})


@dataclass(frozen=True, slots=True)
class _Target:
    """A table that can be referred to: its one key column, the words of that, and the words of its name."""

    table: Table
    key: Column
    key_words: tuple[str, ...]
    owner: tuple[str, ...]


def with_implied_keys(catalog: Catalog) -> Catalog:
    """The catalog with implied keys: a table's own id as primary key, and references with one possible target."""
    keyed = [_keyed(table) for table in catalog.tables]
    targets = _targets(keyed)
    return Catalog(tuple(_referring(table, targets) for table in keyed))


def with_own_implied_keys(table: Table, catalog: Catalog) -> Table:
    """One table as `with_implied_keys` returns it; spares the search for the references of all other tables."""
    return _referring(_keyed(table), _targets(map(_keyed, catalog.tables)))


def _keyed(table: Table) -> Table:
    if table.primary_key or not table.columns:
        return table
    own = {("id",), *((*table_words(table), word) for word in KEY_WORDS)}
    found = [column.name for column in table.columns if expand(split_name(column.name)) in own]
    return replace(table, primary_key=(found[0],)) if found else table


def _targets(keyed: Iterable[Table]) -> list[_Target]:
    found: list[_Target] = []
    for table in keyed:
        if len(table.primary_key) == 1 and table.kind == "table" and (owner := table_words(table)):
            key = table.column(table.primary_key[0])
            found.append(_Target(table, key, expand(split_name(key.name)), owner))
    return found


def _referring(table: Table, targets: list[_Target]) -> Table:
    declared = {name for key in table.foreign_keys for name in key.columns}
    found: list[ForeignKey] = []
    for column in table.columns:
        words = expand(split_name(column.name))
        if column.name in declared or table.primary_key == (column.name,) or column.type not in _KINDS or not words:
            continue
        ranked = [(strength, target) for target in targets if (strength := _strength(table, column, words, target))]
        best = max((strength for strength, _ in ranked), default=0)
        meant = [target.table for strength, target in ranked if strength == best]
        if len(meant) == 1:
            found.append(ForeignKey((column.name,), meant[0].schema, meant[0].name, meant[0].primary_key))
    return replace(table, foreign_keys=(*table.foreign_keys, *found))


def _strength(table: Table, column: Column, words: tuple[str, ...], target: _Target) -> int:
    """How clearly a column names the key of another table, from 0 (it does not) to 4 (by the very name of the key)."""
    key, key_words = target.key, target.key_words
    if key.type != column.type and key.sql_type.split("(")[0] != column.sql_type.split("(")[0]:
        return 0
    telling = bool(set(key_words) - KEY_WORDS - {"name"})
    if telling and words == key_words and target.table != table:
        return 4
    bare, last = words[:-1], words[-1]
    if last not in KEY_WORDS or not bare:
        # A column with the name of a table holds its key if that key is a number.
        return int(column.type == "integer" and tuple(map(singular, words)) == target.owner)
    return _by_owner(tuple(map(singular, bare)), target.owner, ends=telling and words[-len(key_words) :] == key_words)


def _by_owner(named: tuple[str, ...], owner: tuple[str, ...], *, ends: bool) -> int:
    if named == owner:
        return 3
    if named[-len(owner) :] == owner or ends:
        return 2
    return int(len(named[-1]) >= 3 and owner[-1].startswith(named[-1]))
