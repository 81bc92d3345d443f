"""The decorator that turns a function into an asset whose runs are treated like a task's: attempts, record, deadline.

attempts/execution.py runs the step. A run may be of several assets; each is a step of it.
"""

import warnings
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, TypedDict, Unpack

import dagster as dg
from pydantic import BaseModel

from buster_jobs.packages.run_tags import ASSET_RUN_TAGS, PAYLOAD_SCHEMA
from buster_jobs.runtime.io_manager import step_output_io_manager
from buster_jobs.runtime.payload import payload_schema
from buster_jobs.runtime.retry import Retry
from buster_jobs.runtime.spec import TaskSpec, register_asset
from buster_jobs.runtime.task import checked_keys, make_step, payload_model
from buster_jobs.runtime.task_tags import run_tags


class Definition(TypedDict, total=False):
    """What Dagster is told of the asset, unchanged: see `dagster.asset`."""

    deps: Sequence[dg.AssetsDefinition | dg.AssetKey | str | dg.AssetDep]
    group_name: str
    kinds: set[str]
    automation_condition: dg.AutomationCondition[dg.AssetKey]
    check_specs: Sequence[dg.AssetCheckSpec]


def asset(
    *,
    partitions: dg.PartitionsDefinition[str] | None = None,
    retry: Retry = Retry(),  # noqa: B008 - frozen
    deadline: float | None = None,
    owner: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    queue: str = "long",
    critical: bool = False,
    **definition: Unpack[Definition],
) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """Make an asset of one function `(payload: Model[, run: TaskRun]) -> Result`; it is named like the function.

    The payload's field `partition_key` is the run's partition; the run's tag `buster/payload` may hold others, as JSON.
    Numbers of the result become metadata of the materialization, which Dagster plots. The other arguments are those of
    `task`. Without `concurrency` one run at a time works on a partition. Raises TypeError as `task` does.
    """

    def decorate(function: Callable[..., Any]) -> dg.AssetsDefinition:
        name, model = function.__name__, payload_model(function)
        if partitions and "partition_key" not in model.model_fields:
            raise TypeError(f"{name}: its payload needs a field partition_key, for the partition.")
        payload_schema(model)  # refuses secrets
        register_asset(TaskSpec(name, model, retry, deadline, name, {}))
        step = make_step(function, retry=None, deadline=None)
        keys = checked_keys(concurrency, model) or _one_per_partition(name, partitions)
        tags = run_tags(owner=owner, concurrency=keys, queue=queue, critical=critical)

        def compute(context: dg.AssetExecutionContext) -> Generator[dg.Output[Any] | dg.AssetCheckResult]:
            from buster_jobs.runtime.attempts.execution import run_step  # with SQLAlchemy, which takes long to import

            yield from run_step(step, context.op_execution_context, {})

        with warnings.catch_warnings():
            # Dagster may still change `io_manager_def`; the exact pin in pyproject.toml is what makes that harmless.
            warnings.simplefilter("ignore", dg.BetaWarning)
            return dg.asset(
                name=name,
                description=function.__doc__,
                partitions_def=partitions,
                metadata={ASSET_RUN_TAGS: dg.MetadataValue.json(tags), PAYLOAD_SCHEMA: _schema(model)},
                config_schema={},  # nothing: a payload comes with the run's tags
                io_manager_def=step_output_io_manager,
                output_required=False,  # a rejected run materializes nothing
                **definition,
            )(compute)

    return decorate


def _schema(model: type[BaseModel]) -> dg.MetadataValue[Any]:
    return dg.MetadataValue.json(model.model_json_schema())


def _one_per_partition(name: str, partitions: dg.PartitionsDefinition[str] | None) -> Mapping[str, int]:
    return {f"{name}:{{partition_key}}" if partitions else name: 1}
