"""Starts the runs that sync data sources, for a task and for the CLI. A sync itself is in packages/warehouse."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.runtime.start import submit
from buster_jobs.tasks.data.partitions import DATA_SOURCES

SYNC = "data_source_catalog+data_source_tables"
"""The assets of a run that syncs a data source, as `task_name` says it."""

TABLES = "data_source_tables"
"""The asset that holds the copies."""

_NAMESPACE = UUID("5d0b6a51-5c6a-4c0b-9c86-5a9d1a0f2a5b")


def start_syncs(
    instance: dg.DagsterInstance, data_sources: Mapping[UUID, int], options: Mapping[str, Any], *, started_by: str
) -> dict[str, str]:
    """Submit a run for each data source with its priority, and return the runs' ids by data source.

    Called again by the run `started_by`, it returns the same runs.
    """
    add_partitions(instance, data_sources)
    started: dict[str, str] = {}
    for data_source, priority in data_sources.items():
        run_id = str(uuid5(_NAMESPACE, f"{started_by} {data_source}"))
        tags = {run_tags.PRIORITY: str(priority)} if priority else {}
        submit(instance, SYNC, {"partition_key": str(data_source), **options}, run_id=run_id, tags=tags)
        started[str(data_source)] = run_id
    return started


def add_partitions(instance: dg.DagsterInstance, data_sources: Iterable[UUID]) -> None:
    """Add partitions for the data sources now, ahead of the sensor `data_source_partitions`."""
    keys = [str(data_source) for data_source in data_sources]
    if keys:
        instance.add_dynamic_partitions(str(DATA_SOURCES.name), keys)
