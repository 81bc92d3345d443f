"""What syncs have found out about the tables of a data source, as the analyst uses it. Asks no data source anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, JsonValue

from buster_jobs.packages.data_sources.catalog import Catalog


class ColumnStatistics(BaseModel):
    """Of a sample; shares are of its rows, `values` are all that it had of a short text.

    `complete` says that it had every row of the table: then `distinct_count` is no estimate.
    """

    name: str
    null_share: float
    distinct_count: int
    minimum: JsonValue = None
    maximum: JsonValue = None
    most_common: tuple[tuple[JsonValue, float], ...] = ()
    values: tuple[str, ...] | None = None
    complete: bool = False

    @property
    def all_values(self) -> tuple[str, ...] | None:
        """Every value that the column had, where that is known."""
        return self.values if self.complete else None


@dataclass(frozen=True, slots=True)
class TableStatistics:
    """Of a table with so many rows at the time of `looked_at`."""

    looked_at: datetime
    rows: int
    columns: Mapping[str, ColumnStatistics]


Statistics = Mapping[tuple[str, str], TableStatistics]
"""By schema and name."""


def kept_statistics(data_source_id: UUID) -> Statistics:
    """What is known of the tables that were there at the last look; of all of them, whoever may see which."""
    from buster_jobs.packages.database.catalog_tables import list_catalog_tables  # SQLAlchemy takes long to import

    return {
        (kept.schema_name, kept.table_name): TableStatistics(kept.profiled_at, kept.row_count, _columns(kept.profile))
        for kept in list_catalog_tables(data_source_id)
        if kept.status != "gone" and kept.profile is not None and kept.profiled_at is not None
    }


def visible_statistics(statistics: Statistics, catalog: Catalog) -> Statistics:
    """Those of the tables and columns in `catalog`, which has nothing but what the member may see."""
    found: dict[tuple[str, str], TableStatistics] = {}
    for table in catalog.tables:
        known = statistics.get((table.schema, table.name))
        if known is not None:
            columns = {c.name: known.columns[c.name] for c in table.columns if c.name in known.columns}
            found[table.schema, table.name] = TableStatistics(known.looked_at, known.rows, columns)
    return found


def age(looked_at: datetime, now: datetime) -> str:
    """How long ago, in words: "3 hours"."""
    passed = max(now - looked_at, timedelta())
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if number := passed // length:
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a minute"


def _columns(profile: list[dict[str, JsonValue]]) -> dict[str, ColumnStatistics]:
    return {column.name: column for column in map(ColumnStatistics.model_validate, profile)}
