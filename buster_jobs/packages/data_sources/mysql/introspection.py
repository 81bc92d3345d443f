"""Reading the catalog of one database in a handful of queries, however many tables there are, and counting rows."""

from collections import defaultdict

import pymysql

from buster_jobs.packages.data_sources.catalog import Catalog, Column, ColumnType, ForeignKey, Table, TableKind
from buster_jobs.packages.data_sources.mysql.connection import Connection, is_mariadb
from buster_jobs.packages.data_sources.mysql.session import run
from buster_jobs.packages.data_sources.row_counts import COUNT_AT_MOST, SECONDS_PER_TABLE

_BY_NAME: dict[str, ColumnType] = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit"), "integer"),
    **dict.fromkeys(("decimal", "float", "double"), "number"),
    **dict.fromkeys(("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "uuid"), "text"),
    **dict.fromkeys(("datetime", "timestamp"), "timestamp"),
    "date": "date",
    "time": "time",
    "json": "json",
}


def column_type(data_type: str, column_type: str, *, is_json: bool) -> ColumnType:
    """The family of information_schema's DATA_TYPE and COLUMN_TYPE. MariaDB's JSON is text with a check."""
    if column_type.lower() == "tinyint(1)":
        return "boolean"
    return "json" if is_json else _BY_NAME.get(data_type.lower(), "other")


_KINDS: dict[str, TableKind] = {"BASE TABLE": "table", "SYSTEM VERSIONED": "table", "VIEW": "view"}

_TABLES = """
SELECT TABLE_NAME, TABLE_TYPE, TABLE_COMMENT, COALESCE(TABLE_ROWS, -1) FROM information_schema.TABLES
WHERE TABLE_SCHEMA = %s ORDER BY BINARY TABLE_NAME
"""
_COLUMNS = """
SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE = 'YES', COLUMN_COMMENT, PRIVILEGES
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %s ORDER BY TABLE_NAME, ORDINAL_POSITION
"""
_KEYS = """
SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
FROM information_schema.KEY_COLUMN_USAGE
WHERE TABLE_SCHEMA = %s AND (CONSTRAINT_NAME = 'PRIMARY' OR REFERENCED_TABLE_NAME IS NOT NULL)
ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION
"""
# MariaDB keeps JSON as text under such a check; MySQL's own type is called json.
_JSON_CHECKS = """
SELECT TABLE_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS
WHERE CONSTRAINT_SCHEMA = %s AND CHECK_CLAUSE LIKE 'json_valid(%%'
"""


def read_catalog(connection: Connection, database: str) -> Catalog:
    """What the connection's user may SELECT in `database`. `row_count` is the server's estimate, or -1 for views."""
    columns = _columns(connection, database)
    primary, foreign = _keys(connection, database)
    return Catalog(
        tuple(
            Table(
                schema=database,
                name=name,
                kind=_KINDS[kind],
                columns=tuple(columns[name]),
                primary_key=primary.get(name, ()),
                foreign_keys=tuple(foreign[name]),
                comment=comment if comment and comment != "VIEW" else None,
                row_count=int(rows),
            )
            for name, kind, comment, rows in _rows(connection, _TABLES, database)
            if kind in _KINDS and columns[name]
        )
    )


def _rows(connection: Connection, query: str, database: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in run(connection, query, (database,))]  # pyright: ignore[reportReturnType] - as written


def _columns(connection: Connection, database: str) -> defaultdict[str, list[Column]]:
    json = _json_columns(connection, database)
    columns: defaultdict[str, list[Column]] = defaultdict(list)
    for table, name, base, sql_type, nullable, comment, privileges in _rows(connection, _COLUMNS, database):
        if "select" in privileges.lower():
            family = column_type(base, sql_type, is_json=(table, name) in json)
            columns[table].append(Column(name, sql_type, family, bool(nullable), comment or None))
    return columns


def _json_columns(connection: Connection, database: str) -> set[tuple[str, str]]:
    if not is_mariadb(connection):
        return set()
    checks = _rows(connection, _JSON_CHECKS, database)
    return {(table, clause.removeprefix("json_valid(").rstrip(")").strip("`")) for table, clause in checks}


def _keys(
    connection: Connection, database: str
) -> tuple[dict[str, tuple[str, ...]], defaultdict[str, list[ForeignKey]]]:
    parts: defaultdict[tuple[str, str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for table, key, column, schema, referred, referred_column in _rows(connection, _KEYS, database):
        parts[table, key, schema, referred].append((column, referred_column))
    primary: dict[str, tuple[str, ...]] = {}
    foreign: defaultdict[str, list[ForeignKey]] = defaultdict(list)
    for (table, key, schema, referred), pairs in parts.items():
        columns = tuple(column for column, _ in pairs)
        if key == "PRIMARY":
            primary[table] = columns
        else:
            foreign[table].append(ForeignKey(columns, schema, referred, tuple(column for _, column in pairs)))
    return primary, foreign


def count_rows(connection: Connection, table: Table) -> int | None:
    """The table's rows; None when counting failed or took too long."""
    name = ".".join("`" + part.replace("`", "``") + "`" for part in (table.schema, table.name))
    # MariaDB limits the time of one statement by SET STATEMENT, MySQL by a hint, which is a comment to MariaDB.
    is_maria = is_mariadb(connection)
    prefix = f"SET STATEMENT max_statement_time = {SECONDS_PER_TABLE} FOR " if is_maria else ""
    hint = "" if is_maria else f"/*+ MAX_EXECUTION_TIME({round(SECONDS_PER_TABLE * 1000)}) */"
    query = f"{prefix}SELECT {hint} COUNT(*) FROM (SELECT 1 FROM {name} LIMIT {COUNT_AT_MOST}) AS t"  # noqa: S608, quoted
    try:
        return int(str(run(connection, query)[0][0]))
    except pymysql.MySQLError:
        # A view may be slow or broken: one table without a count is no reason to show none.
        return None
