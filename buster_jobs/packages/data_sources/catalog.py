"""What a data source holds, as plain frozen values. No connections, no SQL."""

from dataclasses import dataclass
from typing import Literal

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
