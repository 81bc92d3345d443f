"""Events of a run that Dagster has no public way to report or to read."""

import sys
from dataclasses import dataclass

import dagster as dg

# Reporting an event of one's own choice, and what an event holds, have no public names.
from dagster._core.events import DagsterEvent, DagsterEventType, EngineEventData, JobFailureData, RunFailureReason
from dagster._utils.error import serializable_error_info_from_exc_info

from buster_jobs.packages.redaction import redact
from buster_jobs.runtime.attempts.problem import Problem


def report_enqueued(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """The run is QUEUED from here on, so that it can be cancelled over GraphQL before a worker has it."""
    instance.report_dagster_event(DagsterEvent.job_enqueue(run), run_id=run.run_id)


def report_suspended(instance: dg.DagsterInstance, run: dg.DagsterRun, message: str) -> None:
    """The run is QUEUED again while it waits; `message` says until when."""
    _report(instance, run, DagsterEventType.PIPELINE_ENQUEUED, message)


def report_starting(instance: dg.DagsterInstance, run: dg.DagsterRun, message: str | None) -> None:
    """The run is STARTING from here on: Dagster executes only runs in that state."""
    _report(instance, run, DagsterEventType.PIPELINE_STARTING, message)


def report_load_error(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """Show the error that is being handled: the code of the run's job cannot be loaded."""
    shown = EngineEventData.engine_error(serializable_error_info_from_exc_info(sys.exc_info()))
    instance.report_engine_event("Could not load the job.", run, shown)


def _report(instance: dg.DagsterInstance, run: dg.DagsterRun, kind: DagsterEventType, message: str | None) -> None:
    event = DagsterEvent(kind.value, job_name=run.job_name, message=message)
    instance.report_dagster_event(event, run_id=run.run_id)


@dataclass(frozen=True, slots=True)
class _RunFailure:
    """What the event of a run's failure says. Texts are redacted; `message` may be empty."""

    message: str
    stack: str | None
    data: JobFailureData | None


def recorded_problem(instance: dg.DagsterInstance, record: dg.RunRecord) -> Problem:
    """Why a run failed, as far as Dagster's storage tells."""
    failure = _run_failure(instance, record.dagster_run.run_id)
    reason = failure.data.failure_reason if failure.data else None
    if failure.data and reason is RunFailureReason.STEP_FAILURE:
        return _of_step(failure.data, failure.message)
    if reason is RunFailureReason.START_TIMEOUT:
        return Problem("STALLED", failure.message or "The run was not started in time.", "stalled", failure.stack)
    if record.start_time is None:
        return Problem("LAUNCH_FAILED", failure.message or "The run could not be launched.", "exception", failure.stack)
    if failure.stack:
        return Problem("INTERNAL", failure.message or "The run ended with an error.", "exception", failure.stack)
    return Problem("CRASH", failure.message or "The run's worker was lost.", "crash")


def _run_failure(instance: dg.DagsterInstance, run_id: str) -> _RunFailure:
    found = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.RUN_FAILURE, limit=1).records
    event = found[0].event_log_entry.dagster_event if found else None
    data = event.event_specific_data if event else None
    failure = data if isinstance(data, JobFailureData) else None
    stack = redact(failure.error.to_string()) if failure and failure.error else None
    return _RunFailure(redact((event.message if event else None) or ""), stack, failure)


def _of_step(failure: JobFailureData, message: str) -> Problem:
    """The words of the attempt, which it could not write into our database."""
    event = failure.first_step_failure_event
    data = event.step_failure_data if event else None
    said = data.user_failure_data if data else None
    code = said.metadata.get("code") if said else None
    stack = redact(data.error.to_string()) if data and data.error else None
    text = redact(said.description or message) if said else message
    return Problem(str(code.value) if code else "INTERNAL", text, "exception", stack)
