"""Transformation: what has to see all rows at once. Rules for single values are applied where rows are read."""

from uuid import UUID

from psycopg import sql
from sqlalchemy import Connection

from buster_jobs.packages.database.sources.imports import set_import
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.imports.plan import LINE_COLUMN
from buster_jobs.packages.warehouse.imports.staging import identifier
from buster_jobs.packages.warehouse.imports.target import TableName
from buster_jobs.packages.warehouse.imports.work import driver

_DELETE_DUPLICATES = """
DELETE FROM {table} USING (
    SELECT ctid AS place, row_number() OVER (PARTITION BY {key} ORDER BY {line} {order}) AS number FROM {table}
) AS numbered WHERE {table}.ctid = numbered.place AND numbered.number > 1
"""


def transform(connection: Connection, declaration: ImportDeclaration, table: TableName, id: UUID) -> int:
    """Leave one staged row for each key, and make the key one in the database's eyes. Says how many rows went."""
    duplicates = 0
    if declaration.key:
        key = sql.SQL(", ").join(map(sql.Identifier, declaration.key))
        raw = driver(connection)
        duplicates = raw.execute(
            sql.SQL(_DELETE_DUPLICATES).format(
                table=identifier(table),
                key=key,
                line=sql.Identifier(LINE_COLUMN),
                order=sql.SQL("DESC" if declaration.keep == "last" else "ASC"),
            )
        ).rowcount
        raw.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(identifier(table), key))
        raw.execute(sql.SQL("ANALYZE {}").format(identifier(table)))
    set_import(connection, id, {"state": "transformed", "rows_duplicate": duplicates})
    return duplicates
