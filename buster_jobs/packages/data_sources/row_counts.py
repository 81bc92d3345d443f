"""Counting rows, with bounded effort, where an engine's estimate is missing or too rough."""

import time
from collections.abc import Callable
from dataclasses import replace

from buster_jobs.packages.data_sources.catalog import Catalog, Table

# Below this many rows an estimate is counted: it costs a millisecond, and small tables are where people notice.
COUNTED_BELOW = 10_000
# At most so many rows are counted per table, so many seconds per table, and so many seconds in all.
COUNT_AT_MOST = 1_000_000
SECONDS_PER_TABLE = 1.0
SECONDS_IN_ALL = 5.0


def with_row_counts(catalog: Catalog, count: Callable[[Table], int | None]) -> Catalog:
    """The catalog with unknown (-1) and small estimates counted; 0 where an unknown one could not be counted in time.

    `count` returns None when it failed or took too long.
    """
    deadline = time.monotonic() + SECONDS_IN_ALL
    return Catalog(tuple(_counted(table, count, deadline) for table in catalog.tables))


def _counted(table: Table, count: Callable[[Table], int | None], deadline: float) -> Table:
    if table.row_count >= COUNTED_BELOW:
        return table
    counted = count(table) if time.monotonic() < deadline else None
    return replace(table, row_count=max(0, table.row_count) if counted is None else counted)
