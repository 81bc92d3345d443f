"""What a data source holds, as plain frozen values, and the part of it that a person may see."""

from dataclasses import dataclass, replace
from typing import Literal

from buster_jobs.packages.visibility import Visibility

TableKind = Literal["table", "view", "materialized_view"]
ColumnType = Literal["integer", "number", "text", "boolean", "date", "timestamp", "time", "interval", "json", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `sql_type` is the engine's own spelling; `type` is the family that the analyst reasons with."""

    name: str
    sql_type: str
    type: ColumnType
    nullable: bool = True
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns[i]` of the owning table refers to `referred_columns[i]` of the referred one."""

    columns: tuple[str, ...]
    referred_schema: str
    referred_table: str
    referred_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table, view or materialized view. `row_count` is an estimate unless the engine has none, then counted.

    `hides_columns` says that `columns` are not all: the guard lets a query read these and no others.
    """

    schema: str
    name: str
    kind: TableKind
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    comment: str | None = None
    row_count: int = 0
    hides_columns: bool = False

    def column(self, name: str) -> Column:
        """The column of exactly that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that the user of a data source may see, tables ordered by schema and name."""

    tables: tuple[Table, ...]

    def table(self, schema: str, name: str) -> Table:
        """The table of exactly that schema and name. Raises KeyError."""
        for table in self.tables:
            if (table.schema, table.name) == (schema, name):
                return table
        raise KeyError(f"{schema}.{name}")


def visible_catalog(catalog: Catalog, visibility: Visibility) -> Catalog:
    """The catalog without hidden tables and columns, and without the keys that name one."""
    if visibility.tables is None and not visibility.hidden_columns:
        return catalog
    tables = None if visibility.tables is None else _folded(visibility.tables)
    hidden = _folded(visibility.hidden_columns)
    kept = tuple(visible for table in catalog.tables if (visible := _visible(table, tables, hidden)) is not None)
    return Catalog(tuple(replace(table, foreign_keys=_keys(table, kept)) for table in kept))


def _visible(table: Table, tables: frozenset[str] | None, hidden: frozenset[str]) -> Table | None:
    full_name = f"{table.schema}.{table.name}"
    if tables is not None and full_name.casefold() not in tables:
        return None
    columns = tuple(c for c in table.columns if f"{full_name}.{c.name}".casefold() not in hidden)
    if len(columns) == len(table.columns):
        return table
    if not columns:
        return None
    names = {column.name for column in columns}
    primary_key = table.primary_key if names.issuperset(table.primary_key) else ()
    return replace(table, columns=columns, primary_key=primary_key, hides_columns=True)


def _folded(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _keys(table: Table, kept: tuple[Table, ...]) -> tuple[ForeignKey, ...]:
    columns = {(other.schema, other.name): {column.name for column in other.columns} for other in kept}
    own = columns[table.schema, table.name]
    return tuple(
        key
        for key in table.foreign_keys
        if own.issuperset(key.columns)
        and columns.get((key.referred_schema, key.referred_table), set()).issuperset(key.referred_columns)
    )
