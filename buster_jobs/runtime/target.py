"""What a run is to do: the name and the payload of its task, read from the run alone, for jobs and for assets.

A job's payload is its run config. A run of assets has none: its payload is its partition with what a tag adds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import dagster as dg
from pydantic import JsonValue, TypeAdapter

from buster_jobs.packages.run_tags import PAYLOAD

PARTITION = "dagster/partition"
"""Dagster's own tag."""

_SEPARATOR = "+"


@dataclass(frozen=True, slots=True)
class Target:
    """What a run is to do: its task, or its assets as `task_name` says them, and their payload."""

    task: str
    payload: Mapping[str, Any]


def target_of(run: dg.DagsterRun) -> Target:
    """What the run is to do. Raises ValueError as `payload_of` does."""
    return Target(task_name(run), payload_of(run))


def is_asset_run(run: dg.DagsterRun) -> bool:
    """Whether the run materializes assets: it is then one of a job that Dagster made by itself."""
    return run.job_name.startswith("__")


def task_name(run: dg.DagsterRun) -> str:
    """The job's name, or those of the run's assets, such as "data_source_catalog+data_source_tables"."""
    return _SEPARATOR.join(asset_names(run)) or run.job_name


def asset_names(run: dg.DagsterRun) -> list[str]:
    """The assets that the run materializes, in alphabetical order; none for a job."""
    return sorted(key.to_user_string() for key in run.asset_selection or ())


def assets_of(name: str) -> list[str]:
    """The names that `task_name` joined."""
    return name.split(_SEPARATOR)


def payload_of(run: dg.DagsterRun) -> Mapping[str, Any]:
    """What the run's task gets. Raises ValueError for a tag that holds no JSON object."""
    if not is_asset_run(run):
        return run.run_config
    partition: dict[str, JsonValue] = {"partition_key": run.tags[PARTITION]} if PARTITION in run.tags else {}
    return parsed_options(run.tags.get(PAYLOAD, "{}")) | partition


def parsed_options(value: str) -> dict[str, JsonValue]:
    """What a tag PAYLOAD says. Raises ValueError when that is no JSON object."""
    return TypeAdapter(dict[str, JsonValue]).validate_json(value)


def asset_run_tags(payload: Mapping[str, Any]) -> dict[str, str]:
    """The tags of a run of assets with that payload."""
    options = {name: value for name, value in payload.items() if name != "partition_key"}
    tags = {PARTITION: str(payload["partition_key"])} if "partition_key" in payload else {}
    return tags | ({PAYLOAD: json.dumps(options)} if options else {})
