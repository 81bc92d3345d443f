"""Values of columns that are known without a look-up, because a sync saw them all. Reads no database."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from buster_jobs.packages.ai.schema.statistics import KeptStatistics, Statistics
from buster_jobs.packages.data_sources.catalog import Column, Table

_FRESH = timedelta(days=2)
"""Tables are looked at every night, and a night may be missed. What is older is looked up in the data source."""


class KnownValues:
    """What syncs have kept of the tables that the member may see."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics

    def fetch(self, tables: Iterable[Table]) -> None:
        """Have what is known of the tables read at once, before it is asked for column by column."""
        if isinstance(self._statistics, KeptStatistics):
            self._statistics.fetch((table.schema, table.name) for table in tables)

    def of(self, table: Table, column: Column) -> tuple[str, ...] | None:
        """All values of the column when its table was looked at; None where that is not known."""
        known = self._statistics.get((table.schema, table.name))
        if known is None or datetime.now(UTC) - known.looked_at > _FRESH or column.name not in known.columns:
            return None
        return known.columns[column.name].all_values

    def looked_at(self, table: Table) -> datetime:
        """When its values were seen. Raises `KeyError` for a table of which nothing is known."""
        return self._statistics[table.schema, table.name].looked_at
