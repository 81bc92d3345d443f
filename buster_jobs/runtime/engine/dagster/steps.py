"""Executes the steps of a run in this process, from where an earlier process left off, until it ends or has to wait.

Dagster's own executors start a run from its first step only, and hold their process through every wait.
"""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import cast

import dagster as dg
from dagster._core.definitions.reconstruct import ReconstructableJob

# Executing some steps of a run, with the retries made so far, has no public name.
from dagster._core.events import DagsterEvent, DagsterEventType, JobFailureData, RunFailureReason
from dagster._core.execution.api import create_execution_plan, execute_plan_iterator
from dagster._core.execution.plan.outputs import StepOutputHandle
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.execution.retries import RetryMode

from buster_jobs.packages.errors import DatabaseUnavailable
from buster_jobs.runtime.spec import is_asset, is_task
from buster_jobs.runtime.waiting import SUSPEND_SECONDS

_PROGRESS = {
    DagsterEventType.STEP_SUCCESS,
    DagsterEventType.STEP_SKIPPED,
    DagsterEventType.STEP_OUTPUT,
    DagsterEventType.STEP_UP_FOR_RETRY,
}


class NotRecorded(DatabaseUnavailable):
    """The database went away while a step ran. The worker that gets the run next does the step again."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """The run can go on in `seconds`, with step `step_key`."""

    step_key: str
    seconds: float


def execute_steps(
    job: ReconstructableJob, run: dg.DagsterRun, instance: dg.DagsterInstance, *, goes_on: bool
) -> Suspension | None:
    """Execute what is left of the run and record how it ended; a suspension is for the caller to record.

    `goes_on` says that an earlier process has executed some of it. Raises `NotRecorded`, whatever Dagster raises when
    it cannot record, and `DagsterExecutionInterruptedError` when the process is asked to stop.
    """
    plan = _remaining_plan(job, run, instance) if goes_on else _whole_plan(job, run, instance)
    begins = "Went on with" if goes_on else "Started"
    _report(instance, run, DagsterEventType.PIPELINE_START, f'{begins} execution of run for "{run.job_name}".')
    failures: list[DagsterEvent] = []
    events = execute_plan_iterator(plan, job, run, instance, RetryMode.ENABLED, run.run_config)
    with closing(cast("Generator[DagsterEvent]", events)):
        for event in events:
            if event.event_type is DagsterEventType.STEP_UP_FOR_RETRY and _seconds_to_wait(event) >= SUSPEND_SECONDS:
                return Suspension(event.step_key or "", _seconds_to_wait(event))
            if event.is_step_failure:
                if not _is_task_failure(event, run):
                    raise _not_recorded(event, run)
                failures.append(event)
    _end(instance, run, failures)
    return None


def _not_recorded(event: DagsterEvent, run: dg.DagsterRun) -> NotRecorded:
    root = event.step_failure_data.error
    while root is not None and root.cause is not None:
        root = root.cause
    why = root.message.strip().partition("\n")[0] if root else "for an unknown reason"
    return NotRecorded(f"Step {event.step_key} of run {run.run_id} could not be recorded, and is done again: {why}")


def _is_task_failure(event: DagsterEvent, run: dg.DagsterRun) -> bool:
    """Whether the step's own code failed. Our steps say so with a `dg.Failure`; any other error is the system's."""
    ours = is_task(run.job_name) or is_asset(event.step_key or "")
    return not ours or event.step_failure_data.user_failure_data is not None


def _seconds_to_wait(event: DagsterEvent) -> float:
    return event.step_retry_data.seconds_to_wait or 0.0


def _end(instance: dg.DagsterInstance, run: dg.DagsterRun, failures: list[DagsterEvent]) -> None:
    if not failures:
        _report(instance, run, DagsterEventType.PIPELINE_SUCCESS, f'Finished execution of run for "{run.job_name}".')
        return
    names = ", ".join(event.step_key or "" for event in failures)
    data = JobFailureData(None, RunFailureReason.STEP_FAILURE, failures[0])
    instance.report_run_failed(run, f"Steps failed: {names}.", data)


def _report(instance: dg.DagsterInstance, run: dg.DagsterRun, kind: DagsterEventType, message: str) -> None:
    instance.report_dagster_event(DagsterEvent(kind.value, job_name=run.job_name, message=message), run_id=run.run_id)


def _whole_plan(job: ReconstructableJob, run: dg.DagsterRun, instance: dg.DagsterInstance) -> ExecutionPlan:
    """The run's own plan; for a re-execution from the UI that is a part of the job, with its parent's state."""
    snapshot_id = run.execution_plan_snapshot_id if run.parent_run_id else None
    snapshot = instance.get_execution_plan_snapshot(snapshot_id) if snapshot_id else None
    return create_execution_plan(
        job,
        run.run_config,
        step_keys_to_execute=run.step_keys_to_execute,
        known_state=snapshot.initial_known_state if snapshot else None,
        instance_ref=instance.get_ref() if instance.is_persistent else None,
        tags=run.tags,
    )


def _remaining_plan(job: ReconstructableJob, run: dg.DagsterRun, instance: dg.DagsterInstance) -> ExecutionPlan:
    whole = _whole_plan(job, run, instance)
    done: set[str] = set()
    outputs: set[StepOutputHandle] = set()
    retries: Counter[str] = Counter()
    for event in _progress(instance, run.run_id):
        key = event.step_key or ""
        if event.event_type is DagsterEventType.STEP_OUTPUT:
            outputs.add(StepOutputHandle(key, event.step_output_data.output_name))
        elif event.event_type is DagsterEventType.STEP_UP_FOR_RETRY:
            retries[key] += 1
        else:
            done.add(key)
    ready = {handle for handle in outputs if handle.step_key in done}
    known = whole.known_state._replace(previous_retry_attempts=dict(retries), ready_outputs=ready)
    return create_execution_plan(
        job,
        run.run_config,
        step_keys_to_execute=[key for key in whole.step_keys_to_execute if key not in done],
        known_state=known,
        instance_ref=instance.get_ref() if instance.is_persistent else None,
        tags=run.tags,
    )


def _progress(instance: dg.DagsterInstance, run_id: str) -> Iterator[DagsterEvent]:
    for entry in instance.all_logs(run_id, of_type=_PROGRESS):
        if entry.dagster_event:
            yield entry.dagster_event
