"""The decorators that turn a function into a Dagster job: `task` for one step, `step` and `workflow` for several.

attempts/execution.py runs the steps.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Any, Unpack, get_type_hints

import dagster as dg
from pydantic import BaseModel, TypeAdapter

from buster_jobs.packages.run_tags import PAYLOAD_SCHEMA
from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.io_manager import step_output_io_manager
from buster_jobs.runtime.payload import payload_schema
from buster_jobs.runtime.retry import Retry
from buster_jobs.runtime.schedule import schedule_job
from buster_jobs.runtime.spec import Hooks, StepSpec, TaskRun, TaskSpec, register
from buster_jobs.runtime.task_tags import run_tags


def task(
    *,
    retry: Retry = Retry(),  # noqa: B008 - frozen
    deadline: float | None = None,
    owner: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    queue: str = "default",
    critical: bool = False,
    restart: bool = True,
    schedule: str | None = None,
    **hooks: Unpack[Hooks],
) -> Callable[[Callable[..., Any]], dg.JobDefinition]:
    """Make a job of one function `(payload: Model[, run: TaskRun]) -> Result`; the job is named like the function.

    `deadline` limits each attempt, in seconds. `owner` is whom operators ask; it becomes a tag of every run.
    `concurrency` says how many runs with the same key may be active at once: `{"chat:{chat_id}": 1}`, filled in from
    the payload. `queue` is "long" for tasks that run for minutes, so that they do not take the short ones' workers.
    Operators hear of a failure of a `critical` task at once, each time. Without `restart`, a run is not executed again
    whose worker was lost in the middle of an attempt: use it for effects that must not happen twice. `schedule` is when
    it runs by itself, as cron's five fields in UTC, with its payload's defaults. `hooks` are described at `Hooks`.
    Raises TypeError for a payload that cannot or must not be sent.
    """

    def decorate(function: Callable[..., Any]) -> dg.JobDefinition:
        op = _make_op(make_step(function, retry=None, deadline=None))
        payload = payload_model(function)
        spec = TaskSpec(function.__name__, payload, retry, deadline, op.name, hooks, restart)
        # Dagster wants the names of ops and graphs to be distinct; people see the names of jobs and ops.
        graph = dg.GraphDefinition(name=f"{op.name}_graph", node_defs=[op], description=op.description)
        job = _make_job(
            spec,
            graph,
            run_tags(owner=owner, concurrency=checked_keys(concurrency, spec.payload), queue=queue, critical=critical),
        )
        if schedule:
            schedule_job(job, payload, schedule)
        return job

    return decorate


def step(
    *, retry: Retry | None = None, deadline: float | None = None
) -> Callable[[Callable[..., Any]], dg.OpDefinition]:
    """Make a step of a workflow: `(payload: Model, earlier: Output, …[, run: TaskRun]) -> Output`.

    Every parameter after the payload is an earlier step's output. `retry` and `deadline` (seconds, per attempt)
    override the workflow's.
    """

    def decorate(function: Callable[..., Any]) -> dg.OpDefinition:
        return _make_op(make_step(function, retry=retry, deadline=deadline))

    return decorate


def workflow(
    *,
    payload: type[BaseModel],
    retry: Retry = Retry(),  # noqa: B008 - frozen
    deadline: float | None = None,
    owner: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    queue: str = "default",
    critical: bool = False,
    restart: bool = True,
    schedule: str | None = None,
    **hooks: Unpack[Hooks],
) -> Callable[[Callable[[], Any]], dg.JobDefinition]:
    """Make a job of a function without parameters that wires steps together and returns the last one's output.

    The other arguments are those of `task`.
    """

    def decorate(function: Callable[[], Any]) -> dg.JobDefinition:
        graph = dg.graph(name=function.__name__, description=_description(function))(function)
        spec = TaskSpec(function.__name__, payload, retry, deadline, _result_step(graph), hooks, restart)
        job = _make_job(
            spec,
            graph,
            run_tags(owner=owner, concurrency=checked_keys(concurrency, spec.payload), queue=queue, critical=critical),
        )
        if schedule:
            schedule_job(job, payload, schedule)
        return job

    return decorate


def checked_keys(concurrency: Mapping[str, int] | None, payload: type[BaseModel]) -> Mapping[str, int]:
    """A template with a field that the payload lacks would be one key for all. Raises TypeError for that."""
    for template in concurrency or {}:
        for _, field, _, _ in Formatter().parse(template):
            if field is not None and field.split(".")[0] not in payload.model_fields:
                raise TypeError(f"The concurrency key {template!r} names {field!r}, which {payload.__name__} has not.")
    return concurrency or {}


def _make_job(spec: TaskSpec, graph: dg.GraphDefinition, tags: Mapping[str, str]) -> dg.JobDefinition:
    register(spec)
    # The mapping makes the run config the payload itself. Its schema is strict, so `resources`, `loggers`,
    # `execution` and `ops` are unknown fields to Dagster, for every caller.
    mapping = dg.ConfigMapping(_console_level, payload_schema(spec.payload), receive_processed_config_values=False)
    return graph.to_job(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
        name=spec.name,
        config=mapping,
        executor_def=dg.in_process_executor,
        resource_defs={"io_manager": step_output_io_manager},
        tags=tags,
        metadata={PAYLOAD_SCHEMA: dg.MetadataValue.json(spec.payload.model_json_schema())},
    )


def _console_level(_payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"loggers": {"console": {"config": {"log_level": get_settings().log_level.upper()}}}}


class _Step(dg.OpDefinition):
    """An op whose positional arguments are taken in the order of its function's parameters, as written."""

    positions: Sequence[str] = ()

    def resolve_input_name_at_position(self, idx: int) -> str | None:
        """The name of the input at that place; none beyond the last."""
        return self.positions[idx] if idx < len(self.positions) else None


def _make_op(spec: StepSpec) -> dg.OpDefinition:
    def compute(context: dg.OpExecutionContext, inputs: Mapping[str, Any]) -> Any:
        from buster_jobs.runtime.attempts.execution import run_step  # with SQLAlchemy, which takes long to import

        return run_step(spec, context, inputs)

    op = _Step(
        compute_fn=compute,
        name=spec.name,
        ins={name: dg.In() for name in spec.inputs},
        outs={"result": dg.Out(is_required=False)},
        description=_description(spec.function),
    )
    op.positions = list(spec.inputs)
    return op


def make_step(function: Callable[..., Any], *, retry: Retry | None, deadline: float | None) -> StepSpec:
    """A function as a step, for this module and for asset.py."""
    hints = get_type_hints(function)
    parameters = list(inspect.signature(function).parameters)[1:]
    run_parameter = next((name for name in parameters if hints.get(name) is TaskRun), None)
    inputs = {name: TypeAdapter[Any](hints.get(name, Any)) for name in parameters if name != run_parameter}
    output = TypeAdapter[Any](hints.get("return", Any))
    return StepSpec(function.__name__, function, inputs, output, run_parameter, retry, deadline)


def payload_model(function: Callable[..., Any]) -> type[BaseModel]:
    """The model of a function's first parameter. Raises TypeError when that is none."""
    first = next(iter(inspect.signature(function).parameters), None)
    model = get_type_hints(function).get(first) if first else None
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise TypeError(f"{function.__name__}: the first parameter is the payload, annotated with a pydantic model.")
    return model


def _result_step(graph: dg.GraphDefinition) -> str:
    if len(graph.output_mappings) != 1:
        raise TypeError(f"{graph.name}: a workflow returns the output of its last step, and of that alone.")
    return graph.output_mappings[0].maps_from.node_name


def _description(function: Callable[..., Any]) -> str | None:
    return inspect.getdoc(function)
