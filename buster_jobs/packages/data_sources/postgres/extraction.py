"""Reading a PostgreSQL table with COPY. Values pass unchanged where the type is PostgreSQL's own."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from buster_jobs.packages.data_sources.catalog import Table
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn, blocks
from buster_jobs.packages.data_sources.guarded_source import CONNECT_TIMEOUT
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.connection import connections
from buster_jobs.packages.data_sources.postgres.failures import query_failure
from buster_jobs.packages.data_sources.postgres.reading import killed_after
from buster_jobs.packages.data_sources.postgres.transaction import read_only_transaction
from buster_jobs.packages.errors import BusterError, TimedOut

Connection = psycopg.Connection[tuple[Any, ...]]

# For each column: its type behind all domains, in full; whether it is built in; for an array the same of its items.
_COLUMNS = """
WITH RECURSIVE base AS (
    SELECT a.attnum, a.attname, a.atttypid AS type, a.atttypmod AS modifier
    FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT b.attnum, b.attname, t.typbasetype, t.typtypmod FROM base b JOIN pg_type t ON t.oid = b.type
    WHERE t.typtype = 'd'
)
SELECT b.attname, format_type(b.type, b.modifier), t.typname, t.typtype::text, t.oid < 16384,
    i.typname, i.typtype::text, i.oid < 16384
FROM base b JOIN pg_type t ON t.oid = b.type LEFT JOIN pg_type i ON i.oid = t.typelem AND t.typcategory = 'A'
WHERE t.typtype <> 'd' ORDER BY b.attnum
"""

_BASE_OR_RANGE = ("b", "r", "m")
# Their values mean something only where they come from, or their text depends on settings of the server.
_AS_OTHER = {"money": "numeric", "oid": "bigint"}
_AS_TEXT = {"name", "char", "xml", "aclitem", "cid", "xid", "xid8", "tid", "refcursor", "pg_node_tree", "gtsvector"}


def extracted_columns(connection: Connection, table: Table) -> tuple[ExtractedColumn, ...]:
    """The table's columns that the role may read, each with the type that takes its values."""
    name = sql.Identifier(table.schema, table.name).as_string()
    readable = {column.name for column in table.columns}
    rows = connection.execute(_COLUMNS, [name]).fetchall()
    return tuple(_column(_Found(*row)) for row in rows if row[0] in readable)


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of `_COLUMNS`. `item` and what follows are of an array."""

    name: str
    spelt: str
    type_name: str
    kind: str
    is_own: bool
    item: str | None
    item_kind: str | None
    item_is_own: bool | None


def _column(found: _Found) -> ExtractedColumn:
    quoted = sql.Identifier(found.name).as_string()
    if found.item is not None:
        plain = found.item_is_own and found.item_kind in _BASE_OR_RANGE and _converted(found.item) is None
        other = None if plain else "text[]"
    elif found.is_own and found.kind in _BASE_OR_RANGE:
        other = _converted(found.type_name)
    else:
        other = "text"
    return ExtractedColumn(found.name, other or found.spelt, f"{quoted}::{other}" if other else quoted)


def _converted(type_name: str) -> str | None:
    if type_name in _AS_TEXT or type_name.startswith("reg"):
        return "text"
    return _AS_OTHER.get(type_name)


@contextmanager
def extracting(address: Address, extract: Extract, seconds: float) -> Generator[Iterator[bytes]]:
    """The rows, in blocks of COPY's text. Raises `TimedOut` and what a query raises, from the iterator too."""
    with connections(address).lease(CONNECT_TIMEOUT) as connection, killed_after(connection, seconds + 1) as timer:

        def explained(error: psycopg.Error) -> BusterError:
            if timer.fired or isinstance(error, psycopg.errors.QueryCanceled):
                return TimedOut(f"Reading {extract.table.name} took longer than {seconds:g} s.")
            return query_failure(error, address)

        def read(copy: psycopg.Copy) -> Iterator[bytes]:
            try:
                # psycopg's iterator gives a row at a time.
                yield from blocks(bytes(row) for row in copy)
            except psycopg.Error as error:
                raise explained(error) from None

        with read_only_transaction(connection, seconds), connection.cursor() as cursor, ExitStack() as copying:
            try:
                copy = copying.enter_context(cursor.copy(_statement(extract)))
            except psycopg.Error as error:
                raise explained(error) from None
            yield read(copy)


def _statement(extract: Extract) -> sql.Composed:
    table = sql.Identifier(extract.table.schema, extract.table.name)
    columns = sql.SQL(", ").join(sql.SQL(column.expression) for column in extract.columns)  # pyright: ignore[reportArgumentType] - ours
    return sql.SQL("COPY (SELECT {} FROM {}{}) TO STDOUT").format(columns, table, _order(extract))


def _order(extract: Extract) -> sql.Composable:
    if extract.cursor is None:
        return sql.SQL("")
    cursor = sql.Identifier(extract.cursor)
    nulls = "" if not extract.table.column(extract.cursor).nullable else " NULLS FIRST"
    order = sql.SQL(" ORDER BY {}" + nulls).format(cursor)
    if extract.since is None:
        return order
    return sql.SQL(" WHERE {} >= {}{}").format(cursor, sql.Literal(extract.since), order)
