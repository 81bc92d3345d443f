"""Refreshes the catalog of a data source: the structure of its tables, and profiles of their columns."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from uuid import UUID

from buster_jobs.packages.data_sources.catalog import Table
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.sources.catalog_tables import TableFacts, mark_gone, save_table_facts
from buster_jobs.packages.database.sources.data_sources import get_data_source
from buster_jobs.packages.database.storable_values import storable_json
from buster_jobs.packages.errors import BusterError, NotFound
from buster_jobs.packages.redaction import redact
from buster_jobs.packages.warehouse.errors import SyncFailed
from buster_jobs.packages.warehouse.open_source import TABLES_AT_ONCE, open_source
from buster_jobs.packages.warehouse.profiling import SAMPLE_ROWS, profile_columns
from buster_jobs.packages.warehouse.progress import Reporter
from buster_jobs.packages.warehouse.results import CatalogResult


def refresh_catalog(data_source_id: UUID, tables: Sequence[str] = ()) -> CatalogResult:
    """Read the structure of a data source and profile its tables, or only `tables`, named with their schemas.

    Raises what opening the data source raises, `NotFound` for a missing table, and `SyncFailed` if no table could be
    profiled.
    """
    stored = get_data_source(data_source_id)
    source = open_source(stored)
    found = source.introspect().tables
    wanted = [table for table in found if not tables or f"{table.schema}.{table.name}" in tables]
    if len(wanted) < len(tables):
        raise NotFound(f"{stored.name} does not have all of the tables {', '.join(tables)}, or we may not read them.")
    with ThreadPoolExecutor(TABLES_AT_ONCE, thread_name_prefix="profile") as pool:
        looked_at = list(pool.map(partial(_refresh, data_source_id, source), wanted))
    gone = 0 if tables else mark_gone(data_source_id, [(table.schema, table.name) for table in found])
    return _result(stored.name, looked_at, gone)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found of one table, from how many rows; after an error, whether a retry can help."""

    facts: TableFacts
    rows: int = 0
    retryable: bool = False


def _refresh(data_source_id: UUID, source: DataSource, table: Table) -> _Found:
    report = Reporter("profile", f"{table.schema}.{table.name}", table.row_count)
    try:
        sample = source.sample(table, SAMPLE_ROWS)
        profile = [
            storable_json(column.model_dump(mode="json")) for column in profile_columns(table, sample, SAMPLE_ROWS)
        ]
        found = _Found(_facts(table, profile=profile), len(sample.rows))
        report.end(found.rows, f"profiled from {found.rows:,} rows.")
    except Exception as error:  # noqa: BLE001 - the other tables go on after any error
        reason = redact(error.message if isinstance(error, BusterError) else f"{type(error).__name__}: {error}")
        found = _Found(_facts(table, error=reason), retryable=not isinstance(error, BusterError) or error.retryable)
        report.end(0, f"could not be profiled. {reason}", failed=True)
    save_table_facts(data_source_id, found.facts)
    return found


def _facts(table: Table, *, profile: list[dict[str, object]] | None = None, error: str | None = None) -> TableFacts:
    structure = storable_json(asdict(table))
    return TableFacts(table.schema, table.name, structure, table.row_count, profile, error)


def _result(name: str, looked_at: list[_Found], gone: int) -> CatalogResult:
    facts = [found.facts for found in looked_at]
    failures = {f"{fact.schema_name}.{fact.table_name}": fact.error for fact in facts if fact.error}
    if failures and len(failures) == len(facts):
        raise SyncFailed(
            f"No table of {name} could be profiled: {next(iter(failures.values()))}",
            retryable=any(found.retryable for found in looked_at),
        )
    return CatalogResult(
        data_source=name,
        tables=len(facts),
        columns=sum(len(fact.structure["columns"]) for fact in facts),
        rows_sampled=sum(found.rows for found in looked_at),
        tables_failed=len(failures),
        tables_gone=gone,
        failures=failures,
    )
