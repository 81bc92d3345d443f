"""Staging tables, which hold an import's good rows until they are loaded: made, filled, deduplicated, dropped."""

from collections.abc import Iterator
from uuid import UUID

from psycopg import sql
from sqlalchemy import Connection, text

from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.database.sources.imports import replace_rejects, set_import
from buster_jobs.packages.warehouse.imports.checking import CheckedBatch, check_batch, column_converter
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.imports.files import source_name
from buster_jobs.packages.warehouse.imports.plan import LINE_COLUMN, Plan, PlannedColumn
from buster_jobs.packages.warehouse.imports.progress import Progress
from buster_jobs.packages.warehouse.imports.reading.import_source import OpenSource, open_import_source
from buster_jobs.packages.warehouse.imports.rejects import RejectLog
from buster_jobs.packages.warehouse.imports.target import STAGING_PREFIX, TableName
from buster_jobs.packages.warehouse.imports.transaction import driver_connection

_LEFT_OVER = """
SELECT n.nspname, c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN buster.imports i ON c.relname = :prefix || replace(i.id::text, '-', '')
LEFT JOIN buster.jobs j ON j.run_id = i.run_id
WHERE c.relkind = 'r' AND c.relname ~ ('^' || :prefix || '[0-9a-f]{32}$') AND n.nspname ~ '^org_[0-9a-f]{32}$'
    AND (i.id IS NULL OR i.state IN ('loaded', 'refused') OR j.finished_at IS NOT NULL
        OR j.id IS NULL AND NOT EXISTS (SELECT FROM buster.run_queue q WHERE q.run_id = i.run_id))
"""
_DELETE_DUPLICATES = """
DELETE FROM {table} USING (
    SELECT ctid AS place, row_number() OVER (PARTITION BY {key} ORDER BY {line} {order}) AS number FROM {table}
) AS numbered WHERE {table}.ctid = numbered.place AND numbered.number > 1
"""


def staging_table(schema: str, id: UUID) -> TableName:
    """The staging table of an import."""
    return TableName(schema, f"{STAGING_PREFIX}{id.hex}")


def identifier(table: TableName) -> sql.Identifier:
    """The name, quoted."""
    return sql.Identifier(table.schema, table.table)


def drop_staging(connection: Connection, table: TableName) -> None:
    """Drop the table, if it exists."""
    driver_connection(connection).execute(sql.SQL("DROP TABLE IF EXISTS {}").format(identifier(table)))


def sweep_staging(connection: Connection) -> int:
    """Drop staging tables that crashed imports have left. Returns how many."""
    left = connection.execute(text(_LEFT_OVER), {"prefix": STAGING_PREFIX}).all()
    for schema, table in left:
        drop_staging(connection, TableName(schema, table))
    return len(left)


def stage(connection: Connection, declaration: ImportDeclaration, plan: Plan, table: TableName, id: UUID) -> int:
    """Read the source again, and write its good rows into a new staging table. Returns how many.

    This pass counts if the source has changed since validation; its rejects replace those of validation. Raises
    `TooManyRejects`.
    """
    drop_staging(connection, table)
    _create(connection, table, plan)
    log = RejectLog(declaration)
    with open_import_source(declaration) as source:
        progress = Progress(id, source)
        with driver_connection(connection).cursor().copy(_copy_statement(plan, table)) as copy:
            for checked in _checked_batches(declaration, plan, source):
                copy.write(checked.copy_text())
                log.add(checked)
                progress.at(log.rows)
    log.check()
    replace_rejects(connection, id, source_name(declaration.source), log.kept)
    set_import(connection, id, {"state": "staged", "rows_read": log.rows, "rows_rejected": log.rejected})
    return log.rows - log.rejected


def _checked_batches(declaration: ImportDeclaration, plan: Plan, source: OpenSource) -> Iterator[CheckedBatch]:
    converters = {
        column.source: column_converter(
            column.type,
            declaration.null_words,
            has_empty_text=source.reader.has_empty_text,
            trim=column.trim,
            format=column.format,
            required=column.required,
        )
        for column in plan.columns
    }
    for batch in source.reader.batches():
        yield check_batch(batch, converters)


def _copy_statement(plan: Plan, table: TableName) -> sql.Composed:
    names = map(sql.Identifier, [LINE_COLUMN, *(column.name for column in plan.columns)])
    return sql.SQL("COPY {} ({}) FROM STDIN").format(identifier(table), sql.SQL(", ").join(names))


def _create(connection: Connection, table: TableName, plan: Plan) -> None:
    raw = driver_connection(connection)
    columns = [sql.SQL("{} bigint NOT NULL").format(sql.Identifier(LINE_COLUMN))]
    columns += [_defined(column, is_final=plan.makes_table) for column in plan.columns]
    raw.execute(sql.SQL("CREATE TABLE {} ({})").format(identifier(table), sql.SQL(", ").join(columns)))


def make_schema(name: str) -> None:
    """Create the schema in a transaction of its own: in that of an import, its lock would make other imports wait."""
    with transaction() as connection:
        raw = driver_connection(connection)
        raw.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"buster schema {name}"])
        raw.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))


def _defined(column: PlannedColumn, *, is_final: bool) -> sql.Composed:
    # The name comes from our own table of types, never from the source or the declaration.
    kind = column.type.sql() if is_final else column.type.staged_sql()
    spelt = sql.SQL(kind)  # pyright: ignore[reportArgumentType] - as said above
    return sql.SQL("{} {}").format(sql.Identifier(column.name), spelt)


def remove_duplicates(connection: Connection, declaration: ImportDeclaration, table: TableName, id: UUID) -> int:
    """Leave one staged row for each key, and make the key the table's primary key. Returns how many rows it deleted."""
    duplicates = 0
    if declaration.key:
        key = sql.SQL(", ").join(map(sql.Identifier, declaration.key))
        raw = driver_connection(connection)
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
