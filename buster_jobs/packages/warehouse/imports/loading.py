"""Loads the staged rows into the table, in the transaction that also records that they are loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql
from sqlalchemy import Connection

from buster_jobs.packages.errors import BusterError, InvalidInput
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.imports.plan import LINE_COLUMN, Plan
from buster_jobs.packages.warehouse.imports.staging import drop_staging, identifier
from buster_jobs.packages.warehouse.imports.target import TableName, TargetColumn, read_target
from buster_jobs.packages.warehouse.imports.transaction import driver_connection
from buster_jobs.packages.warehouse.imports.values.types import type_in_table


class RowsLost(BusterError):
    """The staging table was changed between the steps of an import."""

    code = "ROWS_LOST"
    retryable = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many of the source's rows were inserted, updated, or in the table already."""

    inserted: int
    updated: int = 0
    unchanged: int = 0


def load(
    connection: Connection, declaration: ImportDeclaration, plan: Plan, staged: TableName, table: TableName
) -> Loaded:
    """Load the staged rows. Raises `InvalidInput` if the table has changed since validation."""
    raw = driver_connection(connection)
    raw.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"buster import into {table}"])
    target = read_target(connection, table)
    if (target is None) != plan.makes_table:
        raise InvalidInput(f"The table {table.table} was made or dropped while it was imported into: import again.")
    raw.execute(sql.SQL("ALTER TABLE {} DROP COLUMN {}").format(identifier(staged), sql.Identifier(LINE_COLUMN)))
    if target is None:
        return _become(connection, staged, table)
    # Readers go on; other writers wait.
    raw.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(identifier(table)))
    _check_unchanged(plan, target)
    if declaration.mode == "replace":
        raw.execute(sql.SQL("DELETE FROM {}").format(identifier(table)))
    loaded = _Statements(plan, target, declaration.key, staged, table).run(connection)
    drop_staging(connection, staged)
    return loaded


def check_staged(connection: Connection, staged: TableName, rows: int) -> None:
    """Raises `RowsLost` if the number of staged rows differs from `rows`, the number that was staged."""
    found = _count(connection, staged)
    if found != rows:
        raise RowsLost(f"{rows:,} rows were staged and {found:,} are there: nothing was loaded. Import again.")


def _count(connection: Connection, table: TableName) -> int:
    row = driver_connection(connection).execute(sql.SQL("SELECT count(*) FROM {}").format(identifier(table))).fetchone()
    return row[0] if row else 0


def _become(connection: Connection, staged: TableName, table: TableName) -> Loaded:
    """Rename the staging table to the new table: no row is written twice."""
    raw = driver_connection(connection)
    raw.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(identifier(staged), sql.Identifier(table.table)))
    raw.execute(sql.SQL("ANALYZE {}").format(identifier(table)))
    return Loaded(_count(connection, table))


def _check_unchanged(plan: Plan, target: dict[str, TargetColumn]) -> None:
    for column in plan.columns:
        found = target.get(column.name)
        if found is None or type_in_table(found.name, found.type_name, found.modifier) != column.type:
            raise InvalidInput(
                f"The table's column {column.name} was changed while it was imported into: import again."
            )


class _Statements:
    """The statements that bring staged rows into a table that is there."""

    def __init__(
        self, plan: Plan, target: dict[str, TargetColumn], key: list[str], staged: TableName, table: TableName
    ) -> None:
        names = [column.name for column in plan.columns]
        self._key = key
        self._others = [name for name in names if name not in key]
        self._parts = {
            "table": identifier(table),
            "staged": identifier(staged),
            "names": _list(sql.Identifier(name) for name in names),
            # The types as the catalog writes them, of which `type_in_table` has accepted each.
            "values": _list(_cast(target[name]) for name in names),
            "same_key": _all(sql.SQL("t.{0} = s.{0}").format(sql.Identifier(name)) for name in key),
            "changes": _list(
                sql.SQL("{} = {}").format(sql.Identifier(name), _cast(target[name])) for name in self._others
            ),
            "differs": sql.SQL(" OR ").join(_differs(target[name]) for name in self._others),
        }

    def run(self, connection: Connection) -> Loaded:
        if not self._key:
            return Loaded(self._execute(connection, "INSERT INTO {table} ({names}) SELECT {values} FROM {staged} s"))
        known = self._execute(
            connection, "SELECT FROM {staged} s WHERE EXISTS (SELECT FROM {table} t WHERE {same_key})"
        )
        updated = 0
        if self._others:
            updated = self._execute(
                connection, "UPDATE {table} t SET {changes} FROM {staged} s WHERE {same_key} AND ({differs})"
            )
        inserted = self._execute(
            connection,
            "INSERT INTO {table} ({names}) SELECT {values} FROM {staged} s "
            "WHERE NOT EXISTS (SELECT FROM {table} t WHERE {same_key})",
        )
        # Rows of the table that share a key are all updated.
        return Loaded(inserted, updated, max(0, known - updated))

    def _execute(self, connection: Connection, statement: LiteralString) -> int:
        return driver_connection(connection).execute(sql.SQL(statement).format(**self._parts)).rowcount


def _cast(column: TargetColumn) -> sql.Composed:
    kind = sql.SQL(column.sql_type)  # pyright: ignore[reportArgumentType] - as the catalog writes the type
    return sql.SQL("s.{}::{}").format(sql.Identifier(column.name), kind)


def _differs(column: TargetColumn) -> sql.Composed:
    # The type json, unlike jsonb, has no equality.
    kind = sql.SQL("::text" if column.type_name == "json" else "")
    name = sql.Identifier(column.name)
    return sql.SQL("t.{}{} IS DISTINCT FROM {}{}").format(name, kind, _cast(column), kind)


def _list(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _all(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(" AND ").join(parts)
