"""What is known of data sources' tables, for whoever asks questions of them. Reading it there is packages/warehouse."""

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
    """What a table is (`structure`) and holds (`profile`, an object for each column), as of `profiled_at`.

    `status` is current, failed (`error` says why; the profile is the last that could be made) or gone.
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
    """What was found of one table. Without a `profile` there is an `error` instead."""

    schema_name: str
    table_name: str
    structure: dict[str, Any]
    row_count: int
    profile: list[dict[str, Any]] | None = None
    error: str | None = None


def save_table_facts(data_source_id: UUID, facts: TableFacts) -> None:
    """Replace what is known of a table; where it could not be profiled, the earlier profile stays."""
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
    """Mark tables that are not `present`, by schema and name, as gone. Answers with how many were there before."""
    row = CatalogTableRow
    going = update(row).where(row.data_source_id == data_source_id, row.status != "gone").values(status="gone")
    if present:
        going = going.where(tuple_(row.schema_name, row.table_name).not_in(list(present)))
    with session() as opened:
        return len(opened.execute(going.returning(row.table_name)).all())


def list_catalog_tables(data_source_id: UUID, named: Collection[tuple[str, str]] | None = None) -> list[CatalogTable]:
    """All that is known of a data source's tables, also of those that are gone, or of those `named`, in that order."""
    row = CatalogTableRow
    query = select(row).where(row.data_source_id == data_source_id).order_by(row.schema_name, row.table_name)
    if named is not None:
        query = query.where(tuple_(row.schema_name, row.table_name).in_(list(named)))
    with session() as opened:
        return [
            CatalogTable(**{name: getattr(found, name) for name in CatalogTable.__slots__})
            for found in opened.scalars(query)
        ]
