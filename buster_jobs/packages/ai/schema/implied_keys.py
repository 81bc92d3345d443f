"""Keys that names imply where the database declares none: `orders.cust_id` refers to `customers`."""

from dataclasses import replace

from buster_jobs.packages.ai.schema.names import KEY_WORDS, expand, table_words
from buster_jobs.packages.ai.schema.words import singular, split_name
from buster_jobs.packages.data_sources.catalog import Catalog, Column, ForeignKey, Table

_KINDS = frozenset({"integer", "text", "other"})


def with_implied_keys(catalog: Catalog) -> Catalog:
    """The catalog with implied keys: a table's own id as primary key, and references with one possible target."""
    keyed = tuple(_keyed(table) for table in catalog.tables)
    return Catalog(tuple(_referring(table, keyed) for table in keyed))


def with_own_implied_keys(table: Table, catalog: Catalog) -> Table:
    """One table as `with_implied_keys` returns it; spares the search for the references of all other tables."""
    return _referring(_keyed(table), tuple(_keyed(other) for other in catalog.tables))


def _referring(table: Table, keyed: tuple[Table, ...]) -> Table:
    return replace(table, foreign_keys=(*table.foreign_keys, *_references(table, keyed)))


def _keyed(table: Table) -> Table:
    if table.primary_key or not table.columns:
        return table
    own = {("id",), *((*table_words(table), word) for word in KEY_WORDS)}
    found = [column.name for column in table.columns if expand(split_name(column.name)) in own]
    return replace(table, primary_key=(found[0],)) if found else table


def _references(table: Table, tables: tuple[Table, ...]) -> list[ForeignKey]:
    declared = {name for key in table.foreign_keys for name in key.columns}
    found: list[ForeignKey] = []
    for column in table.columns:
        if column.name in declared or table.primary_key == (column.name,) or column.type not in _KINDS:
            continue
        ranked = [(strength, other) for other in tables if (strength := _strength(table, column, other))]
        best = max((strength for strength, _ in ranked), default=0)
        meant = [other for strength, other in ranked if strength == best]
        if len(meant) == 1:
            found.append(ForeignKey((column.name,), meant[0].schema, meant[0].name, meant[0].primary_key))
    return found


def _strength(table: Table, column: Column, other: Table) -> int:
    """How clearly a column names the key of another table, from 0 (it does not) to 4 (by the very name of the key)."""
    if len(other.primary_key) != 1 or other.kind != "table":
        return 0
    key = other.column(other.primary_key[0])
    if key.sql_type.split("(")[0] != column.sql_type.split("(")[0] and key.type != column.type:
        return 0
    words, key_words, owner = expand(split_name(column.name)), expand(split_name(key.name)), table_words(other)
    telling = bool(set(key_words) - KEY_WORDS - {"name"})
    if telling and words == key_words and other != table:
        return 4
    bare, last = words[:-1], words[-1]
    if last not in KEY_WORDS or not bare:
        # A column with the name of a table holds its key if that key is a number.
        return int(column.type == "integer" and tuple(map(singular, words)) == owner)
    return _by_owner(tuple(map(singular, bare)), owner, ends=telling and words[-len(key_words) :] == key_words)


def _by_owner(named: tuple[str, ...], owner: tuple[str, ...], *, ends: bool) -> int:
    if named == owner:
        return 3
    if named[-len(owner) :] == owner or ends:
        return 2
    return int(len(named[-1]) >= 3 and owner[-1].startswith(named[-1]))
