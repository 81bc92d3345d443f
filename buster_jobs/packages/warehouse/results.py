"""The results of syncs and catalog refreshes, as a run returns them."""

from typing import Literal

from pydantic import BaseModel


class CatalogResult(BaseModel):
    """What was found. `failures` says why a table could not be profiled; it keeps its last profile."""

    data_source: str
    tables: int
    columns: int
    rows_sampled: int
    tables_failed: int
    tables_gone: int
    failures: dict[str, str]


class TableResult(BaseModel):
    """One table. `rows` were read, `written` were new or changed; `reason` says why it failed or was skipped."""

    table: str
    status: Literal["succeeded", "failed", "skipped"]
    how: str | None = None
    rows: int = 0
    written: int = 0
    bytes: int = 0
    seconds: float = 0.0
    code: str | None = None
    reason: str | None = None


class SyncResult(BaseModel):
    """All tables of a data source, with their sums."""

    data_source: str
    rows: int
    rows_written: int
    bytes: int
    tables_succeeded: int
    tables_failed: int
    tables_skipped: int
    tables: list[TableResult]


def sync_result(data_source: str, tables: list[TableResult]) -> SyncResult:
    """The result of all tables, with their sums."""
    statuses = [table.status for table in tables]
    return SyncResult(
        data_source=data_source,
        rows=sum(table.rows for table in tables),
        rows_written=sum(table.written for table in tables),
        bytes=sum(table.bytes for table in tables),
        tables_succeeded=statuses.count("succeeded"),
        tables_failed=statuses.count("failed"),
        tables_skipped=statuses.count("skipped"),
        tables=sorted(tables, key=lambda table: table.table),
    )
