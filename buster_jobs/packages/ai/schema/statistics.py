"""Statistics that syncs have kept of the tables of a data source, as analysts use them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel, JsonValue

from buster_jobs.packages.data_sources.catalog import Catalog

if TYPE_CHECKING:
    from buster_jobs.packages.database.sources.catalog_tables import CatalogTable


class ColumnStatistics(BaseModel):
    """Statistics of a sample. Shares are of its rows, from 0 to 1; `values` are all its values, for short texts only.

    `complete` says that the sample had every row of the table: then `distinct_count` is exact.
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
        """Every value that the column had; None where that is unknown."""
        return self.values if self.complete else None


@dataclass(frozen=True, slots=True)
class TableStatistics:
    """Statistics of a table, and how many rows it had at the time of `looked_at`."""

    looked_at: datetime
    rows: int
    columns: Mapping[str, ColumnStatistics]


TableName = tuple[str, str]
"""Schema and name."""

Statistics = Mapping[TableName, TableStatistics]


class KeptStatistics(Mapping[TableName, TableStatistics]):
    """The statistics of the tables and columns of `catalog`, which holds what the member may see.

    A source may have thousands of tables, and a question concerns few: statistics are read when first asked for.
    `fetch` reads those of many tables at once.
    """

    def __init__(self, data_source_id: UUID, catalog: Catalog) -> None:
        self._id = data_source_id
        self._seen = {(table.schema, table.name): table for table in catalog.tables}
        self._read: dict[TableName, TableStatistics | None] = {}

    def fetch(self, names: Iterable[TableName]) -> None:
        """Read the statistics of those tables that were not read yet, in one query."""
        wanted = {name: None for name in names if name in self._seen and name not in self._read}
        if wanted:
            self._read |= wanted | self._kept(wanted)

    def _kept(self, wanted: Collection[TableName]) -> dict[TableName, TableStatistics | None]:
        from buster_jobs.packages.database.sources.catalog_tables import (
            list_catalog_tables,  # SQLAlchemy takes long to import
        )

        return {
            (kept.schema_name, kept.table_name): self._visible(kept)
            for kept in list_catalog_tables(self._id, wanted)
            if kept.status != "gone"
        }

    def _visible(self, kept: "CatalogTable") -> TableStatistics | None:
        if kept.profile is None or kept.profiled_at is None:
            return None
        seen = {column.name for column in self._seen[kept.schema_name, kept.table_name].columns}
        columns = [ColumnStatistics.model_validate(column) for column in kept.profile if column["name"] in seen]
        return TableStatistics(kept.profiled_at, kept.row_count, {column.name: column for column in columns})

    def __getitem__(self, name: TableName) -> TableStatistics:
        self.fetch([name])
        known = self._read.get(name)
        if known is None:
            raise KeyError(name)
        return known

    def __iter__(self) -> Iterator[TableName]:
        self.fetch(self._seen)
        return (name for name, known in self._read.items() if known is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def age(looked_at: datetime, now: datetime) -> str:
    """How long ago, in words: "3 hours"."""
    passed = max(now - looked_at, timedelta())
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if number := passed // length:
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a minute"
