"""The names and SQL of a copied table and its parts.

Readers query an empty table; the rows are in a part, a table that inherits from it. A new part replaces the old one in
a short transaction, and views that read the table remain valid.
"""

import re
from dataclasses import dataclass
from uuid import uuid4

from psycopg import sql

from buster_jobs.packages.data_sources.extraction import ExtractedColumn
from buster_jobs.packages.database.sources.synced_tables import SyncedTable
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.names import warehouse_columns
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.types import is_bounded_by_infinity, is_compared_as_it_is

PARTS = "warehouse_parts"
"""The schema of all parts."""

_FIELDS = "(?:year|month|day|hour|minute|second)"
_TYPE = re.compile(
    r"(?:double precision|(?:bit|character) varying|(?:time|timestamp)(?:\([0-9]\))? with(?:out)? time zone"
    rf"|interval {_FIELDS}(?: to {_FIELDS})?|(?:pg_catalog\.)?[a-z][a-z0-9_]*)(?:\([0-9]+(?:,-?[0-9]+)?\))?(?:\[\])*",
    re.ASCII,
)
"""A type as `format_type` spells it: nothing else passes, because it becomes part of SQL."""


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """A column of a copy; `source` is its name in the data source."""

    source: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Target:
    """The copy as it should be. `key` and `cursor` are columns of the copy."""

    schema: str
    table: str
    columns: tuple[TargetColumn, ...]
    key: tuple[str, ...] = ()
    cursor: TargetColumn | None = None

    @property
    def name(self) -> sql.Identifier:
        """The table that readers query."""
        return sql.Identifier(self.schema, self.table)

    @property
    def column_list(self) -> sql.Composed:
        """The columns' names, in the order in which rows are read."""
        return identifiers(*(column.name for column in self.columns))

    @property
    def definitions(self) -> sql.Composed:
        """The columns with their types, for CREATE TABLE."""
        return sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(c.name), type_of(c.type)) for c in self.columns
        )

    def describe(self) -> list[dict[str, str]]:
        """The columns as plain values, to be stored."""
        return [
            {"source": c.source, "name": c.name, "type": c.type} | ({"key": "yes"} if c.name in self.key else {})
            for c in self.columns
        ]

    def newest(self, part: sql.Identifier) -> sql.Composed:
        """The query for the newest cursor value of a part, as text, without infinity: no later row could be newer."""
        if self.cursor is None:
            return sql.SQL("SELECT {}").format(sql.NULL)
        name = sql.Identifier(self.cursor.name)
        query = sql.SQL("SELECT max({})::text FROM {}").format(name, part)
        if not is_bounded_by_infinity(self.cursor.type):
            return query
        return query + sql.SQL(" WHERE {} < 'Infinity'").format(name)

    def differs(self, stored: str, read: str) -> sql.Composed:
        """The condition under which the row `stored` differs from the row `read`; both are table aliases."""
        sides = [
            sql.SQL("({})").format(sql.SQL(", ").join(_compared(side, column) for column in self.columns))
            for side in (stored, read)
        ]
        return sql.SQL("{} IS DISTINCT FROM {}").format(*sides)


def new_target(synced: SyncedTable, columns: tuple[ExtractedColumn, ...], key: tuple[str, ...]) -> Target:
    """The copy of a table with these columns. `key` are columns of the source."""
    names = warehouse_columns(column.name for column in columns)
    made = tuple(TargetColumn(c.name, name, c.type) for c, name in zip(columns, names, strict=True))
    by_source = {column.source: column for column in made}
    return Target(
        schema=data_source_schema(synced.data_source_id),
        table=synced.warehouse_table,
        columns=made,
        key=tuple(by_source[name].name for name in key),
        cursor=_cursor(synced, by_source),
    )


def _cursor(synced: SyncedTable, columns: dict[str, TargetColumn]) -> TargetColumn | None:
    if synced.cursor_column is None:
        return None
    if synced.cursor_column not in columns:
        raise InvalidInput(f"{synced.source_name} has no column {synced.cursor_column} any more to say what is new.")
    return columns[synced.cursor_column]


def new_part(synced: SyncedTable) -> sql.Identifier:
    """A name for a new part."""
    return part_named(f"{synced.id.hex}_{uuid4().hex[:12]}")


def part_named(name: str) -> sql.Identifier:
    """The part with that name."""
    return sql.Identifier(PARTS, name)


def identifiers(*names: str) -> sql.Composed:
    """A comma-separated list of names."""
    return sql.SQL(", ").join(map(sql.Identifier, names))


def type_of(name: str) -> sql.SQL:
    """A type, whose name may come from the data source's server. Raises `InvalidInput` for anything but a type."""
    if not _TYPE.fullmatch(name):
        raise InvalidInput("The data source's server says of a column that it has a type which PostgreSQL cannot have.")
    return sql.SQL(name)  # pyright: ignore[reportArgumentType] - see above


def _compared(side: str, column: TargetColumn) -> sql.Composed:
    value = sql.SQL("{}.{}").format(sql.Identifier(side), sql.Identifier(column.name))
    return value if is_compared_as_it_is(column.type) else sql.SQL("{}::text").format(value)
