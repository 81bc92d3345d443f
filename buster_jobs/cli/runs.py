"""Run a task in this process, show its progress, and read its job record."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from dagster import DagsterInvalidConfigError, DagsterRunStatus
from rich.console import Console

from buster_jobs.cli.errors import WrongInput
from buster_jobs.cli.terminal import only_ours, spinning
from buster_jobs.packages.database.runs.jobs import Job, get_job_by_run_id
from buster_jobs.packages.errors import NotFound
from buster_jobs.runtime.payload import InvalidPayload, parse_payload
from buster_jobs.runtime.spec import TaskSpec
from buster_jobs.runtime.start import open_instance, run_here


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """How a run ended. `error` is a sentence, or None when the task succeeded."""

    run_id: str
    seconds: float
    job: Job | None
    error: str | None


Display = Callable[[Console, str], AbstractContextManager[Callable[[str], None]]]
"""Shows activity on a console while its block lasts, beginning with a text. Yields a function that sets the text."""


def run_task_here(
    spec: TaskSpec,
    payload: Mapping[str, Any],
    *,
    tags: Mapping[str, str] | None = None,
    verbose: bool = False,
    display: Display = spinning,
) -> FinishedRun:
    """Run a task or an asset to the end, showing progress on stderr.

    Raises `WrongInput` for a payload that would be refused at launch.
    """
    _check(spec, payload)
    with only_ours(everything=verbose) as console, display(console, f"Starting {spec.name} …") as say:
        started = monotonic()

        def on_start(run_id: str) -> None:
            console.print(f"Run {run_id}", highlight=False)
            say(f"Running {spec.name} …")

        with open_instance() as instance:
            try:
                run = run_here(spec.name, payload, instance, on_start, tags=tags)
            except DagsterInvalidConfigError as error:
                raise WrongInput(" ".join(problem.message for problem in error.errors)) from None
        job = _job(run.run_id)
    return FinishedRun(run.run_id, monotonic() - started, job, _error(run.status, job))


def _check(spec: TaskSpec, payload: Mapping[str, Any]) -> None:
    try:
        parse_payload(spec.payload, payload)
    except InvalidPayload as error:
        raise WrongInput(error.message) from None


def _job(run_id: str) -> Job | None:
    try:
        return get_job_by_run_id(run_id)
    except NotFound:
        return None


def _error(status: DagsterRunStatus, job: Job | None) -> str | None:
    if job and job.error:
        return job.error
    if status == DagsterRunStatus.SUCCESS and job and job.status == "completed":
        return None
    return f"The run ended as {status.value}: its log in the UI says why."
