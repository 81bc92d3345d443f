"""The sync of one table: decides how it is copied, and copies it. sync.py records the result."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
from psycopg import sql

from buster_jobs.packages.data_sources.catalog import Table
from buster_jobs.packages.data_sources.extraction import Extract, ExtractedColumn
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.database.sources.synced_tables import SyncedTable, get_synced_table
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.errors import warehouse_failure
from buster_jobs.packages.warehouse.loading import Loaded, load_changes, load_first, load_whole, staged_copy
from buster_jobs.packages.warehouse.publishing import check_structure, existing_columns
from buster_jobs.packages.warehouse.rows import Rows
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.target import PARTS, Target, new_target
from buster_jobs.packages.warehouse.types import can_be_key, is_ordered

TABLE_SECONDS = 600.0

_OVERLAP = "5 minutes"
"""Rows become visible after the time in their cursor: this much is read again, and compared."""
_OTHERS_SECONDS = 10
"""How long to wait for another load of the table. If its worker was killed, PostgreSQL soon ends its connection."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How a table was copied: `how` is "whole", "first" (whole, in batches) or "changes"."""

    how: str
    rows: int
    bytes: int
    written: int
    row_count: int


@dataclass(frozen=True, slots=True)
class TableSync:
    """The sync of one table. `report` is called with the rows read so far; `stop` ends the sync at the next block."""

    source: DataSource
    synced: SyncedTable
    table: Table
    full_refresh: bool = False
    seconds: float = TABLE_SECONDS
    stop: threading.Event = field(default_factory=threading.Event)
    report: Callable[[int], None] = lambda _rows: None

    def run(self) -> Copied:
        """Copy the table. Raises our errors; then the copy is as it was, or as after the last merged batch."""
        ends_at = time.monotonic() + self.seconds
        with loading_connection(self.synced, self.seconds) as connection:
            # Read the record again: while this sync waited for the lock, another one may have copied rows.
            current = replace(self, synced=get_synced_table(self.synced.id))
            return current._copy_into(connection, ends_at)

    def _copy_into(self, connection: psycopg.Connection, ends_at: float) -> Copied:
        columns = self.source.extracted_columns(self.table)
        target = new_target(self.synced, columns, self._key(columns))
        self._check_cursor(target)
        self._check_key(target)
        existing = existing_columns(connection, target)
        if existing and not self.full_refresh:
            check_structure(existing, target, self.synced.source_name)
        how = self._how(target, existing)
        return self._copy(connection, target, columns, how, ends_at)

    def _how(self, target: Target, existing: dict[str, str] | None) -> str:
        if target.cursor is None:
            return "whole"
        fits = existing is not None and self.synced.columns == target.describe()
        return "changes" if fits and self.synced.cursor_value and not self.full_refresh else "first"

    def _copy(
        self,
        connection: psycopg.Connection,
        target: Target,
        columns: tuple[ExtractedColumn, ...],
        how: str,
        ends_at: float,
    ) -> Copied:
        staged = staged_copy(connection, self.synced, target) if how == "first" else None
        since = staged.since if staged else self._since(connection, target) if how == "changes" else None
        extract = Extract(self.table, columns, self.synced.cursor_column, since)
        with self.source.extract(extract, self.seconds) as blocks:
            rows = Rows(blocks, self.synced.source_name, ends_at, self.stop, self.report)
            if staged:
                loaded = load_first(connection, self.synced, target, rows, staged)
            elif since is not None:
                loaded = load_changes(connection, self.synced, target, rows, since)
            else:
                loaded = load_whole(connection, self.synced, target, rows)
        return _copied(how, rows, loaded)

    def _key(self, columns: tuple[ExtractedColumn, ...]) -> tuple[str, ...]:
        key = tuple(self.synced.key_columns or self.table.primary_key)
        if missing := set(key) - {column.name for column in columns}:
            raise InvalidInput(f"{self.synced.source_name} has no column {', '.join(sorted(missing))} for its key.")
        return key if self.synced.cursor_column else ()

    def _check_cursor(self, target: Target) -> None:
        if target.cursor and not is_ordered(target.cursor.type):
            raise InvalidInput(
                f"Column {target.cursor.source} of {self.synced.source_name} cannot say which rows are new: "
                f"it holds {target.cursor.type}; choose a number, a date or a timestamp."
            )

    def _check_key(self, target: Target) -> None:
        for column in target.columns:
            if column.name in target.key and not can_be_key(column.type):
                raise InvalidInput(
                    f"Column {column.source} of {self.synced.source_name} cannot be of its key: it holds "
                    f"{column.type}, which PostgreSQL does not compare; choose another key."
                )

    def _since(self, connection: psycopg.Connection, target: Target) -> str | None:
        kind = target.cursor.type if target.cursor else ""
        if not kind.startswith("timestamp"):
            return self.synced.cursor_value
        # In the cursor's own type, so that PostgreSQL formats the result like the cursor's values.
        zone = "timestamptz" if "with time zone" in kind else "timestamp"
        query = f"SELECT (%s::{zone} - %s::interval)::text"
        row: Any = connection.execute(query.encode(), [self.synced.cursor_value, _OVERLAP]).fetchone()
        return row[0]


def _copied(how: str, rows: Rows, loaded: Loaded) -> Copied:
    return Copied(how, rows.rows, rows.size, loaded.written, loaded.row_count)


@contextmanager
def loading_connection(synced: SyncedTable, seconds: float) -> Generator[psycopg.Connection]:
    """A connection that holds the table's lock, with autocommit, in UTC. Its statements end after `seconds`.

    Creates the schemas that loading needs. Raises our errors for PostgreSQL's, also for those of the block.
    """
    connection = own_connection()
    try:
        connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{_OTHERS_SECONDS}s"])
        connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"buster sync {synced.id}"])
        connection.execute("SELECT set_config('statement_timeout', %s, false)", [f"{round(seconds * 1000)}ms"])
        # The newest value of a cursor is stored as text, which must mean the same to every engine.
        connection.execute("SET TIME ZONE 'UTC'")
        for schema in (PARTS, data_source_schema(synced.data_source_id)):
            _ensure_schema(connection, schema)
        yield connection
    except psycopg.Error as error:
        raise warehouse_failure(error, synced.source_name) from None
    finally:
        connection.close()


def _ensure_schema(connection: psycopg.Connection, name: str) -> None:
    if connection.execute("SELECT to_regnamespace(%s)", [sql.Identifier(name).as_string()]).fetchone() != (None,):
        return
    with suppress(psycopg.errors.UniqueViolation):  # another sync created it in the same moment
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))
