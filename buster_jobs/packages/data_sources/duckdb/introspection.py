"""Reading the catalog of a DuckDB file in a handful of queries. Rows of tables are known, those of views counted."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import duckdb

from buster_jobs.packages.data_sources.catalog import Catalog, Column, ColumnType, ForeignKey, Table
from buster_jobs.packages.data_sources.row_counts import COUNT_AT_MOST

_TABLES = """
SELECT schema_name, table_name, 'table', comment, estimated_size FROM duckdb_tables()
WHERE database_name = current_database() AND NOT internal AND NOT temporary
UNION ALL
SELECT schema_name, view_name, 'view', comment, -1 FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal AND NOT temporary
ORDER BY 1, 2
"""
_COLUMNS = """
SELECT schema_name, table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal ORDER BY schema_name, table_name, column_index
"""
_KEYS = """
SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
FROM duckdb_constraints()
WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY') ORDER BY constraint_index
"""
_WHOLE = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
}
_BY_NAME: dict[str, ColumnType] = {
    **dict.fromkeys(_WHOLE, "integer"),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), "number"),
    **dict.fromkeys(("VARCHAR", "UUID", "ENUM"), "text"),
    **dict.fromkeys(
        ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "timestamp"
    ),
    **dict.fromkeys(("TIME", "TIME WITH TIME ZONE"), "time"),
    "BOOLEAN": "boolean",
    "DATE": "date",
    "INTERVAL": "interval",
    "JSON": "json",
}

_Name = tuple[str, str]


def column_type(data_type: str) -> ColumnType:
    """The family of a type as DuckDB spells it, such as DECIMAL(10,2)."""
    return "other" if data_type.endswith("]") else _BY_NAME.get(data_type.partition("(")[0], "other")


def read_catalog(connection: duckdb.DuckDBPyConnection) -> Catalog:
    """All tables and views of the file; `row_count` of a view is -1."""
    columns: defaultdict[_Name, list[Column]] = defaultdict(list)
    for schema, table, name, data_type, nullable, comment in _rows(connection, _COLUMNS):
        columns[schema, table].append(Column(name, data_type, column_type(data_type), nullable, comment))
    primary, foreign = _keys(connection)
    return Catalog(
        tuple(
            Table(
                schema=schema,
                name=name,
                kind=kind,
                columns=tuple(columns[schema, name]),
                primary_key=primary.get((schema, name), ()),
                foreign_keys=tuple(foreign[schema, name]),
                comment=comment,
                row_count=rows,
            )
            for schema, name, kind, comment, rows in _rows(connection, _TABLES)
        )
    )


def _keys(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[_Name, tuple[str, ...]], defaultdict[_Name, list[ForeignKey]]]:
    primary: dict[_Name, tuple[str, ...]] = {}
    foreign: defaultdict[_Name, list[ForeignKey]] = defaultdict(list)
    for schema, table, kind, columns, referred, referred_columns in _rows(connection, _KEYS):
        if kind == "PRIMARY KEY":
            primary[schema, table] = tuple(columns)
        else:
            # A foreign key of DuckDB stays within its schema.
            foreign[schema, table].append(ForeignKey(tuple(columns), schema, referred, tuple(referred_columns)))
    return primary, foreign


def with_row_counts(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> Catalog:
    """The catalog with the rows of views counted; 0 for a view that is broken."""
    return Catalog(
        tuple(
            table if table.row_count >= 0 else replace(table, row_count=_count(connection, table))
            for table in catalog.tables
        )
    )


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    name = ".".join('"' + part.replace('"', '""') + '"' for part in (table.schema, table.name))
    query = f"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT {COUNT_AT_MOST})"  # noqa: S608, quoted
    try:
        return int(_rows(connection, query)[0][0])
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        return 0


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()
