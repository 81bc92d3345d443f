"""The sync of a data source: copies its chosen tables, five at once. table_sync.py copies one table."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from uuid import UUID

from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.sources.data_sources import StoredDataSource, get_data_source
from buster_jobs.packages.database.sources.synced_tables import (
    SyncedTable,
    SyncOutcome,
    list_synced_tables,
    save_sync_result,
)
from buster_jobs.packages.errors import BusterError, InvalidInput, NotFound, PartlyFailed
from buster_jobs.packages.redaction import redact
from buster_jobs.packages.warehouse.errors import SyncFailed
from buster_jobs.packages.warehouse.open_source import TABLES_AT_ONCE, open_source
from buster_jobs.packages.warehouse.progress import Reporter
from buster_jobs.packages.warehouse.results import SyncResult, TableResult, sync_result
from buster_jobs.packages.warehouse.table_sync import TABLE_SECONDS, TableSync

_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What to sync, for which run. `tables` are named with their schemas; empty means all chosen tables.

    Tables that the run `run_id` has copied already are skipped. `table_seconds` limits each table.
    """

    data_source_id: UUID
    run_id: str
    tables: Sequence[str] = ()
    full_refresh: bool = False
    table_seconds: float = TABLE_SECONDS


def sync_data_source(request: SyncRequest) -> SyncResult:
    """Copy tables of a data source into the warehouse.

    Raises `PartlyFailed` with the result if some tables failed, `SyncFailed` if no table could be copied, what opening
    the data source raises, `InvalidInput` if no table was chosen, and `NotFound` for a named table that was not.
    """
    stored = get_data_source(request.data_source_id)
    chosen = _chosen(request, stored)
    source = open_source(stored)
    catalog = source.introspect()
    results = _Sync(request, source, catalog).run(chosen)
    result = sync_result(stored.name, [table for table, _retryable in results])
    _check(result, retryable=any(retryable for _table, retryable in results))
    return result


def _chosen(request: SyncRequest, stored: StoredDataSource) -> list[SyncedTable]:
    tables = list_synced_tables(request.data_source_id)
    if not tables:
        raise InvalidInput(
            f"No table of {stored.name} is chosen for sync: `buster-jobs sources sync --all-tables` chooses all."
        )
    named = [_named(name, tables, stored.name) for name in request.tables]
    return list({table.id: table for table in named}.values()) or tables


def _named(name: str, tables: list[SyncedTable], data_source: str) -> SyncedTable:
    found = [table for table in tables if name == table.source_name]
    found = found or [table for table in tables if name == table.source_table]
    if not found:
        raise NotFound(f"No table {name} of {data_source} was chosen for sync.")
    if len(found) > 1:
        names = ", ".join(table.source_name for table in found)
        raise InvalidInput(f"{name} may be each of {names}: name it with its schema.")
    return found[0]


def _check(result: SyncResult, *, retryable: bool) -> None:
    failed = [f"{table.table} ({table.code}: {table.reason})" for table in result.tables if table.status == "failed"]
    if not failed:
        return
    said = f"{len(failed)} of {len(result.tables)} tables of {result.data_source} failed: {' '.join(failed)}"
    if result.tables_succeeded or result.tables_skipped:
        raise PartlyFailed(said, result=result, retryable=retryable)
    raise SyncFailed(said, retryable=retryable)


@dataclass
class _Sync:
    request: SyncRequest
    source: DataSource
    catalog: Catalog
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, tables: list[SyncedTable]) -> list[tuple[TableResult, bool]]:
        """The results, each with whether a retry can help."""
        pool = ThreadPoolExecutor(TABLES_AT_ONCE, thread_name_prefix="sync")
        futures = [pool.submit(self._table, table) for table in tables]
        try:
            return [future.result() for future in futures]
        except BaseException:
            # The deadline has passed, or the run is canceled: tables under way stop at their next block.
            self.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            _wait(futures)
            raise
        finally:
            pool.shutdown(wait=False)

    def _table(self, synced: SyncedTable) -> tuple[TableResult, bool]:
        name = synced.source_name
        if synced.run_id == self.request.run_id and synced.status == "succeeded":
            return TableResult(table=name, status="skipped", reason="This run has copied it already."), False
        started, table = time.monotonic(), self._find(synced)
        report = Reporter("copy", name, table.row_count if table else 0)
        try:
            return self._copy(synced, table, report, started), False
        except Exception as error:  # noqa: BLE001 - the other tables go on after any error
            code, message, retryable = _described(error)
            save_sync_result(synced.id, SyncOutcome(self.request.run_id, error=message, error_code=code))
            report.end(0, f"failed. {code}: {message}", failed=True)
            seconds = round(time.monotonic() - started, 3)
            return TableResult(table=name, status="failed", code=code, reason=message, seconds=seconds), retryable

    def _copy(self, synced: SyncedTable, table: Table | None, report: Reporter, started: float) -> TableResult:
        if table is None:
            raise NotFound(f"There is no table {synced.source_name} any more, or we may not read it. Its copy stays.")
        request = self.request
        copied = TableSync(
            self.source, synced, table, request.full_refresh, request.table_seconds, self.stop, report
        ).run()
        seconds = round(time.monotonic() - started, 3)
        save_sync_result(synced.id, SyncOutcome(request.run_id, copied.rows, copied.bytes, seconds))
        report.end(copied.rows, f"{copied.rows:,} rows read, {copied.written:,} written, in {seconds:.1f} s.")
        return TableResult(
            table=synced.source_name,
            status="succeeded",
            how=copied.how,
            rows=copied.rows,
            written=copied.written,
            bytes=copied.bytes,
            seconds=seconds,
        )

    def _find(self, synced: SyncedTable) -> Table | None:
        try:
            return self.catalog.table(synced.source_schema, synced.source_table)
        except KeyError:
            return None


def _described(error: Exception) -> tuple[str, str, bool]:
    if isinstance(error, BusterError):
        return error.code, redact(error.message), error.retryable
    return "INTERNAL", redact(f"{type(error).__name__}: {error}"), True


def _wait(futures: list[Future[tuple[TableResult, bool]]]) -> None:
    wait(futures, timeout=_GRACE)
