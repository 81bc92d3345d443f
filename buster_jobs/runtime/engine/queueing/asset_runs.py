"""What a run of assets is given when it is submitted: the tags that its assets declare. It may bring no run config.

Dagster knows tags of jobs alone, and takes any run config for assets, with references to our environment in it.
"""

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.dagster.plugins import BaseWorkspaceRequestContext
from buster_jobs.runtime.target import PARTITION, is_asset_run, parsed_options
from buster_jobs.runtime.task_tags import merged_tags

_RANGE = "dagster/asset_partition_range_start"


def with_declared_tags(
    instance: dg.DagsterInstance, run: dg.DagsterRun, workspace: BaseWorkspaceRequestContext
) -> dg.DagsterRun:
    """The run with the tags of its assets; any other run as it is. Raises `InvalidInput` as `check_asset_run` does."""
    if not is_asset_run(run):
        return run
    check_asset_run(run)
    declared = [workspace.asset_graph.get(key) for key in run.asset_selection or ()]
    tags = merged_tags(node.metadata for node in declared)
    missing = {name: value for name, value in tags.items() if name not in run.tags}
    instance.add_run_tags(run.run_id, missing)
    return run.with_tags({**run.tags, **missing})


def check_asset_run(run: dg.DagsterRun) -> None:
    """Raises `InvalidInput` for run config, a payload that is no JSON object, or a range of partitions."""
    if run.run_config:
        raise InvalidInput(
            "Assets take no run config: choose a partition, and send anything else as JSON in the tag "
            f"{run_tags.PAYLOAD}."
        )
    if _RANGE in run.tags:
        raise InvalidInput(f"Assets are materialized one partition a run: use the tag {PARTITION}.")
    try:
        parsed_options(run.tags.get(run_tags.PAYLOAD, "{}"))
    except ValueError:
        raise InvalidInput(f"Tag {run_tags.PAYLOAD} must be a JSON object.") from None
