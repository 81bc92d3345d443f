"""The stored catalog of data sources' tables, which the analyst reads and packages/warehouse writes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources.warehouse_models import CatalogTableRow


@dataclass(frozen=True, slots=True)
class CatalogTable:
    """A table's `structure`, and its `profile`, an object for each column, as of `profiled_at`.

    `status` is current, failed (`error` says why; the profile is the last successful one) or gone.
    """

    data_source_id: UUID
    schema_name: str
    table_name: str
    structure: dict[str, Any]
    profile: list[dict[str, Any]] | None
    row_count: int
    status: str
    error: str | None
    seen_at: datetime
    profiled_at: datetime | None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What was found of one table: a `profile`, or an `error`."""

    schema_name: str
    table_name: str
    structure: dict[str, Any]
    row_count: int
    profile: list[dict[str, Any]] | None = None
    error: str | None = None


def save_table_facts(data_source_id: UUID, facts: TableFacts) -> None:
    """Replace a table's entry; an entry without a new profile keeps the earlier one."""
    given: dict[str, Any] = {
        "structure": facts.structure,
        "row_count": facts.row_count,
        "status": "current" if facts.error is None else "failed",
        "error": facts.error,
        "seen_at": func.clock_timestamp(),
    }
    if facts.profile is not None:
        given |= {"profile": facts.profile, "profiled_at": func.clock_timestamp()}
    named = {"data_source_id": data_source_id, "schema_name": facts.schema_name, "table_name": facts.table_name}
    saving = (
        insert(CatalogTableRow).values(**named, **given).on_conflict_do_update(index_elements=list(named), set_=given)
    )
    with session() as opened:
        opened.execute(saving)


def mark_gone(data_source_id: UUID, present: Collection[tuple[str, str]]) -> int:
    """Mark all tables but those `present`, by schema and name, as gone. Returns how many are newly marked."""
    row = CatalogTableRow
    going = update(row).where(row.data_source_id == data_source_id, row.status != "gone").values(status="gone")
    if present:
        going = going.where(tuple_(row.schema_name, row.table_name).not_in(list(present)))
    with session() as opened:
        return len(opened.execute(going.returning(row.table_name)).all())


def list_catalog_tables(data_source_id: UUID, named: Collection[tuple[str, str]] | None = None) -> list[CatalogTable]:
    """The entries of a data source's tables, or only of those `named`, by schema and name, with those that are gone."""
    row = CatalogTableRow
    query = select(row).where(row.data_source_id == data_source_id).order_by(row.schema_name, row.table_name)
    if named is not None:
        query = query.where(tuple_(row.schema_name, row.table_name).in_(list(named)))
    with session() as opened:
        return [
            CatalogTable(**{name: getattr(found, name) for name in CatalogTable.__slots__})
            for found in opened.scalars(query)
        ]
