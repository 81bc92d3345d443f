"""Reading the catalog of a SQLite file, and counting rows. Comes before the authorizer, which forbids PRAGMA."""

import contextlib
import sqlite3
import time
from typing import Any

from buster_jobs.packages.data_sources.catalog import Catalog, Column, ColumnType, ForeignKey, Table
from buster_jobs.packages.data_sources.row_counts import COUNT_AT_MOST, SECONDS_IN_ALL, SECONDS_PER_TABLE
from buster_jobs.packages.data_sources.sqlite.connection import limit_seconds

SCHEMA = "main"

# Shadow tables are how a full-text index is kept.
_TABLES = """
SELECT name, type FROM pragma_table_list
WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
"""
_COLUMNS = 'SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid'
_FOREIGN_KEYS = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'

# A type in SQLite may be any words: the first of these parts that it holds decides. SQLite's own rules for affinity
# have no dates and booleans (manual: Datatypes In SQLite, section 3.1).
_FAMILIES: tuple[tuple[str, ColumnType], ...] = (
    ("BOOL", "boolean"),
    ("INTERVAL", "interval"),
    ("INT", "integer"),
    ("DATETIME", "timestamp"),
    ("TIMESTAMP", "timestamp"),
    ("DATE", "date"),
    ("TIME", "time"),
    ("JSON", "json"),
    ("CHAR", "text"),
    ("CLOB", "text"),
    ("TEXT", "text"),
    ("STRING", "text"),
    ("UUID", "text"),
    ("REAL", "number"),
    ("FLOA", "number"),
    ("DOUB", "number"),
    ("DEC", "number"),
    ("NUM", "number"),
    ("MONEY", "number"),
)


def read_catalog(connection: sqlite3.Connection, *, counted: bool) -> Catalog:
    """All tables and views of the file. `row_count` is counted, or 0 if not `counted` or that took too long."""
    deadline = time.monotonic() + SECONDS_IN_ALL
    tables: list[Table] = []
    for name, kind in connection.execute(_TABLES).fetchall():
        # A view whose tables are gone has no columns.
        with contextlib.suppress(sqlite3.OperationalError):
            rows = _count(connection, name) if counted and time.monotonic() < deadline else 0
            tables.append(_table(connection, name, kind, rows))
    return Catalog(tuple(tables))


def _table(connection: sqlite3.Connection, name: str, kind: str, rows: int) -> Table:
    columns = connection.execute(_COLUMNS, [name]).fetchall()
    keyed = sorted((place, column) for column, _, _, place in columns if place)
    return Table(
        schema=SCHEMA,
        name=name,
        kind="view" if kind == "view" else "table",
        columns=tuple(
            Column(column, sql_type, column_type(sql_type), not bound) for column, sql_type, bound, _ in columns
        ),
        primary_key=tuple(column for _, column in keyed),
        foreign_keys=_foreign_keys(connection, name),
        row_count=rows,
    )


def column_type(sql_type: str) -> ColumnType:
    """The family of a declared type."""
    upper = sql_type.upper()
    for word, family in _FAMILIES:
        if word in upper:
            return family
    return "other"


def _foreign_keys(connection: sqlite3.Connection, name: str) -> tuple[ForeignKey, ...]:
    keys: dict[int, list[tuple[Any, ...]]] = {}
    for key, *parts in connection.execute(_FOREIGN_KEYS, [name]):
        keys.setdefault(key, []).append(tuple(parts))
    return tuple(_foreign_key(connection, parts) for parts in keys.values())


def _foreign_key(connection: sqlite3.Connection, parts: list[tuple[Any, ...]]) -> ForeignKey:
    referred = str(parts[0][0])
    columns = tuple(str(part[2]) for part in parts if part[2] is not None)
    # REFERENCES without columns means the primary key.
    primary = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
    to = columns or tuple(str(row[0]) for row in connection.execute(primary, [referred]))
    return ForeignKey(tuple(str(part[1]) for part in parts), SCHEMA, referred, to)


def _count(connection: sqlite3.Connection, name: str) -> int:
    quoted = '"' + name.replace('"', '""') + '"'
    limit_seconds(connection, SECONDS_PER_TABLE)
    try:
        row = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM main.{quoted} LIMIT {COUNT_AT_MOST})"  # noqa: S608, quoted
        ).fetchone()
        return int(row[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.set_progress_handler(None, 0)
