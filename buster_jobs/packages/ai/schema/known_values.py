"""Values of columns that statistics know completely and freshly, so that no look-up in the data source is needed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from buster_jobs.packages.ai.schema.statistics import KeptStatistics, Statistics
from buster_jobs.packages.data_sources.catalog import Column, Table

_FRESH = timedelta(days=2)
"""Syncs take statistics every night, and one night may fail. Older values are looked up in the data source."""


class KnownValues:
    """The known values of the tables that the member may see."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics

    def fetch(self, tables: Iterable[Table]) -> None:
        """Read the statistics of the tables in one query, before they are asked for column by column."""
        if isinstance(self._statistics, KeptStatistics):
            self._statistics.fetch((table.schema, table.name) for table in tables)

    def of(self, table: Table, column: Column) -> tuple[str, ...] | None:
        """All values of the column, at most 2 days old; None when they are unknown, incomplete or older."""
        known = self._statistics.get((table.schema, table.name))
        if known is None or datetime.now(UTC) - known.looked_at > _FRESH or column.name not in known.columns:
            return None
        return known.columns[column.name].all_values

    def looked_at(self, table: Table) -> datetime:
        """When the statistics of the table were taken. Raises `KeyError` when there are none."""
        return self._statistics[table.schema, table.name].looked_at
