"""Reading the catalog in a handful of queries, however many tables there are, and counting rows."""

import contextlib
from collections import defaultdict
from typing import Any

import psycopg
from psycopg import sql

from buster_jobs.packages.data_sources.catalog import Catalog, Column, ColumnType, ForeignKey, Table, TableKind
from buster_jobs.packages.data_sources.row_counts import COUNT_AT_MOST, SECONDS_PER_TABLE

_BY_NAME: dict[str, ColumnType] = {
    **dict.fromkeys(("int2", "int4", "int8"), "integer"),
    **dict.fromkeys(("numeric", "float4", "float8", "money"), "number"),
    **dict.fromkeys(("text", "varchar", "bpchar", "char", "name", "citext", "uuid"), "text"),
    **dict.fromkeys(("time", "timetz"), "time"),
    **dict.fromkeys(("timestamp", "timestamptz"), "timestamp"),
    **dict.fromkeys(("json", "jsonb"), "json"),
    "bool": "boolean",
    "date": "date",
    "interval": "interval",
}


def column_type(base_name: str, kind: str) -> ColumnType:
    """The family of a type by its pg_type.typname (of a domain's base type) and typtype. Enums are text."""
    return "text" if kind == "e" else _BY_NAME.get(base_name, "other")


_KINDS: dict[str, TableKind] = {"r": "table", "p": "table", "f": "table", "v": "view", "m": "materialized_view"}

# Partitions are part of their table. Row estimates of a partitioned table are the sum of its leaves'.
_TABLES = """
SELECT c.oid, n.nspname, c.relname, c.relkind::text, obj_description(c.oid, 'pg_class'),
    CASE c.relkind WHEN 'v' THEN -1 WHEN 'p' THEN (
        SELECT CASE WHEN min(l.reltuples) < 0 THEN -1 ELSE sum(l.reltuples) END
        FROM pg_partition_tree(c.oid) p JOIN pg_class l ON l.oid = p.relid WHERE p.isleaf)
    ELSE c.reltuples END::float8
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND (%(schemas)s::text[] IS NULL OR n.nspname = ANY (%(schemas)s))
    AND has_schema_privilege(n.oid, 'USAGE')
    AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))
    AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
"""

_COLUMNS = """
WITH RECURSIVE base AS (
    SELECT oid, oid AS base, typbasetype FROM pg_type
    UNION ALL
    SELECT base.oid, t.oid, t.typbasetype FROM base JOIN pg_type t ON t.oid = base.typbasetype
)
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), t.typname, t.typtype::text,
    NOT a.attnotnull, col_description(a.attrelid, a.attnum)
FROM pg_attribute a JOIN base b ON b.oid = a.atttypid AND b.typbasetype = 0 JOIN pg_type t ON t.oid = b.base
WHERE a.attrelid = ANY(%s) AND a.attnum > 0 AND NOT a.attisdropped
    AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')
ORDER BY a.attrelid, a.attnum
"""

_KEYS = """
SELECT k.conrelid, k.contype::text, rn.nspname, r.relname,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(num, ord)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.ord),
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(num, ord)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.ord)
FROM pg_constraint k LEFT JOIN pg_class r ON r.oid = k.confrelid LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
WHERE k.conrelid = ANY(%s) AND k.contype IN ('p', 'f') AND NOT COALESCE(r.relispartition, false)
ORDER BY k.conrelid, k.conname COLLATE "C"
"""


def read_catalog(connection: psycopg.Connection[tuple[Any, ...]], schemas: list[str] | None = None) -> Catalog:
    """What the connection's role may SELECT, system schemas and extensions' tables left out; or of `schemas` alone.

    `row_count` is the server's estimate, or -1 where it has none.
    """
    tables = connection.execute(_TABLES, {"schemas": schemas}).fetchall()
    oids = [table[0] for table in tables]
    columns = _columns(connection, oids)
    primary_keys, foreign_keys = _keys(connection, oids)
    return Catalog(
        tuple(
            Table(
                schema=schema,
                name=name,
                kind=_KINDS[kind],
                columns=tuple(columns[oid]),
                primary_key=primary_keys.get(oid, ()),
                foreign_keys=tuple(foreign_keys[oid]),
                comment=comment,
                row_count=round(rows),
            )
            for oid, schema, name, kind, comment, rows in tables
        )
    )


def _columns(connection: psycopg.Connection[tuple[Any, ...]], oids: list[int]) -> defaultdict[int, list[Column]]:
    columns: defaultdict[int, list[Column]] = defaultdict(list)
    for oid, name, sql_type, base, kind, nullable, comment in connection.execute(_COLUMNS, [oids]):
        columns[oid].append(Column(name, sql_type, column_type(base, kind), nullable, comment))
    return columns


def _keys(
    connection: psycopg.Connection[tuple[Any, ...]], oids: list[int]
) -> tuple[dict[int, tuple[str, ...]], defaultdict[int, list[ForeignKey]]]:
    primary: dict[int, tuple[str, ...]] = {}
    foreign: defaultdict[int, list[ForeignKey]] = defaultdict(list)
    for oid, kind, schema, table, columns, referred in connection.execute(_KEYS, [oids]):
        if kind == "p":
            primary[oid] = tuple(columns)
        else:
            foreign[oid].append(ForeignKey(tuple(columns), schema, table, tuple(referred)))
    return primary, foreign


def count_rows(connection: psycopg.Connection[tuple[Any, ...]], table: Table) -> int | None:
    """The table's rows; None when counting failed or took too long. In a transaction."""
    query = sql.SQL("SELECT count(*) FROM (SELECT FROM {} LIMIT {}) AS t").format(
        sql.Identifier(table.schema, table.name), sql.Literal(COUNT_AT_MOST)
    )
    timeout = f"{round(SECONDS_PER_TABLE * 1000)}ms"
    # A view may be slow or broken: one table without a count is no reason to show none.
    with (
        contextlib.suppress(
            psycopg.errors.QueryCanceled,
            psycopg.errors.LockNotAvailable,
            psycopg.DataError,
            psycopg.ProgrammingError,
            psycopg.InternalError,
        ),
        connection.transaction(),
    ):
        connection.execute("SELECT pg_catalog.set_config('statement_timeout', %s, true)", [timeout])
        row = connection.execute(query).fetchone()
        return row[0] if row else None
    return None
