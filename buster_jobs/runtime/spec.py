"""What the runtime knows of a task: frozen values, and the registry that finds them by the task's name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from pydantic import BaseModel, JsonValue, TypeAdapter

from buster_jobs.runtime.retry import Retry


@dataclass(frozen=True, slots=True)
class TaskRun:
    """What a task's function may know of its own run: ask for it with a parameter annotated `TaskRun`."""

    run_id: str
    task: str
    attempt: int


@dataclass(frozen=True, slots=True)
class TaskFailure:
    """A failed attempt, as `catch_error` sees it, or the last one, for `on_failure`. `message` holds no secret."""

    run: TaskRun
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """What `catch_error` may answer: `stop` ends the attempts, `delay` (seconds) replaces the wait for the next."""

    stop: bool = False
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class TaskCompletion:
    """How a run ended: `status` is its job record's; `result` is what its caller gets, `failure` why there is none."""

    run: TaskRun
    status: str
    result: JsonValue = None
    failure: TaskFailure | None = None


class Hooks(TypedDict, total=False):
    """What a task may have called around its attempts. Payloads are instances of the task's model.

    `on_start` is called once, before the first attempt works, and `on_attempt` before each: an error in them fails
    that attempt. `catch_error` is asked after every failed attempt. `on_success` or, after the last attempt,
    `on_failure` follows, and then always `on_complete`. What these four raise is recorded and changes nothing.
    A payload that the model refuses has no hooks, and neither has a run that is cancelled or expires. `on_failure` and
    `on_complete` of a run whose workers were lost are called by the worker that gives it up.
    """

    on_start: Callable[[Any, TaskRun], object]
    on_attempt: Callable[[Any, TaskRun], object]
    catch_error: Callable[[Any, TaskFailure], RetryDecision | None]
    on_success: Callable[[Any, JsonValue, TaskRun], object]
    on_failure: Callable[[Any, TaskFailure], object]
    on_complete: Callable[[Any, TaskCompletion], object]


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One step: a function of the payload, of earlier steps' outputs by parameter name, and of its `TaskRun`."""

    name: str
    function: Callable[..., Any]
    inputs: dict[str, TypeAdapter[Any]]
    output: TypeAdapter[Any]
    run_parameter: str | None
    retry: Retry | None
    deadline: float | None


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """One task, or one asset. `result_step` names the step whose output is the task's result; it is the last to run.

    `restart`: whether an attempt whose worker was lost may be made again, although how far it came is unknown.
    """

    name: str
    payload: type[BaseModel]
    retry: Retry
    deadline: float | None
    result_step: str
    hooks: Hooks
    restart: bool = True


_specs: dict[str, TaskSpec] = {}
_assets: dict[str, TaskSpec] = {}


def register(spec: TaskSpec) -> None:
    """Remember a task under its name. A reload of its module replaces it."""
    _specs[spec.name] = spec


def is_task(name: str) -> bool:
    """Whether a job of that name was made by our decorators, and imported."""
    return name in _specs


def task_spec(name: str) -> TaskSpec:
    """The task of that name. Raises KeyError."""
    return _specs[name]


def register_asset(spec: TaskSpec) -> None:
    """Remember an asset under its name, which its only step has too. A reload of its module replaces it."""
    _assets[spec.name] = spec


def is_asset(name: str) -> bool:
    """Whether an asset of that name was made by our decorator, and imported."""
    return name in _assets


def asset_spec(name: str) -> TaskSpec:
    """The asset of that name. Raises KeyError."""
    return _assets[name]


def task_specs() -> tuple[TaskSpec, ...]:
    """Every task that has been imported, by name."""
    return tuple(sorted(_specs.values(), key=lambda spec: spec.name))
