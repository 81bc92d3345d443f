"""Runs one attempt of one step: check the payload, keep the record, call the function.

attempt_outcome.py decides what follows from a failure.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from pydantic import JsonValue

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.steps import BegunWaits, load_step_waits, save_step_waits
from buster_jobs.packages.database.storable_values import checked_json
from buster_jobs.packages.errors import BusterError, DatabaseUnavailable, InvalidInput
from buster_jobs.packages.redaction import redact
from buster_jobs.runtime.attempts import interruption, job_record
from buster_jobs.runtime.attempts.attempt import Attempt
from buster_jobs.runtime.attempts.attempt_outcome import (
    check_killed,
    handle_failure,
    handle_interruption,
    is_waiting,
    pause_attempt,
)
from buster_jobs.runtime.attempts.deadline import deadline
from buster_jobs.runtime.attempts.job_record import Record
from buster_jobs.runtime.attempts.materialization import plotted
from buster_jobs.runtime.attempts.problem import Problem, describe
from buster_jobs.runtime.attempts.watchdog import watched
from buster_jobs.runtime.payload import parse_payload
from buster_jobs.runtime.spec import StepSpec, TaskCompletion, asset_spec, task_spec
from buster_jobs.runtime.target import is_asset_run
from buster_jobs.runtime.waiting import StepWaits, Suspended, is_attended, step_waits


class InvalidOutput(BusterError):
    """A step returned what JSON does not give back as it was."""

    code = "INVALID_OUTPUT"
    retryable = False


def run_step(
    step: StepSpec, context: dg.OpExecutionContext, inputs: Mapping[str, Any]
) -> Iterator[dg.Output[JsonValue]]:
    """What the op of `step` does. Raises `dg.RetryRequested` or `dg.Failure`, never the function's own error.

    One exception: `DatabaseUnavailable`, after which another process goes on with the run.
    """
    task = asset_spec(step.name) if is_asset_run(context.run) else task_spec(context.job_name)
    attempt = Attempt(task, step, context)
    failed: tuple[Exception, Problem] | None = None
    waits = _waits(context)
    try:
        with step_waits(StepWaits(waits.ends, can_suspend=is_attended(), skip=not is_waiting())):
            yield from _attempt(attempt, inputs)
    except Suspended as pause:
        save_step_waits(context.run_id, _step_key(context), waits.ends)
        pause_attempt(attempt, pause)
    except Exception as error:
        if is_attended() and isinstance(error, DatabaseUnavailable):
            raise  # nothing can be recorded now: the run has to be delivered again, without counting an attempt
        failed = (error, describe(error))
    except (dg.DagsterExecutionInterruptedError, KeyboardInterrupt) as error:
        handle_interruption(attempt, error)
        raise
    if failed:  # raised outside of the except block, so that the original and its secrets are not chained to it
        handle_failure(attempt, *failed)


def _waits(context: dg.OpExecutionContext) -> BegunWaits:
    """The step's waits so far. Every suspension is a retry to Dagster, so that a first execution has none."""
    if not context.retry_number:
        return BegunWaits([], 0)
    return load_step_waits(context.run_id, _step_key(context))


def _step_key(context: dg.OpExecutionContext) -> str:
    return context.op_handle.name  # our graphs are not nested


def _attempt(attempt: Attempt, inputs: Mapping[str, Any]) -> Iterator[dg.Output[JsonValue]]:
    payload = parse_payload(attempt.task.payload, attempt.received())
    attempt.payload = payload
    record = attempt.begin()
    if isinstance(record, Job):
        yield from _as_recorded(attempt, record)
        return
    try:
        check_killed(attempt, record)
        limit = attempt.step.deadline or attempt.task.deadline
        with watched(attempt.run.run_id, limit), deadline(limit), interruption.interruptible():
            attempt.before(record)
            with attempt.timed():
                value = attempt.step.function(payload, **_arguments(attempt, inputs))
        result = _json(attempt.step, value)
    except InvalidInput as error:
        result = job_record.reject(record, error.code, redact(error.message))
        attempt.completed(TaskCompletion(attempt.run, "rejected", result=result))
        _tell_rejection(attempt, error)
        if attempt.is_last_step and not attempt.is_asset:
            yield _output(result, attempt)
        return
    _succeed(attempt, record, result)
    yield _output(result, attempt)


def _tell_rejection(attempt: Attempt, error: InvalidInput) -> None:
    """To Dagster the run succeeds; its tags say otherwise, to people and to clients."""
    told = {run_tags.OUTCOME: "rejected", run_tags.ERROR_CODE: error.code, run_tags.ERROR: redact(error.message)}
    attempt.note(lambda: attempt.context.instance.add_run_tags(attempt.run.run_id, told))


def _succeed(attempt: Attempt, record: Record, result: JsonValue) -> None:
    if not attempt.is_last_step:
        job_record.end_attempt(record)
        return
    job_record.complete(record, result)
    attempt.succeeded(result)
    attempt.tag()


def _as_recorded(attempt: Attempt, job: Job) -> Iterator[dg.Output[JsonValue]]:
    """The run's worker was lost after the outcome was recorded and before Dagster knew of it: nothing is done twice."""
    if job.status not in ("completed", "rejected"):
        raise job_record.Superseded(f"The run has ended already: its job record is {job.status}.")
    if attempt.is_last_step and not (attempt.is_asset and job.status == "rejected"):
        yield _output(job.result, attempt)


def _arguments(attempt: Attempt, inputs: Mapping[str, Any]) -> dict[str, Any]:
    step = attempt.step
    arguments = {name: adapter.validate_python(inputs[name]) for name, adapter in step.inputs.items()}
    return arguments | ({step.run_parameter: attempt.run} if step.run_parameter else {})


def _json(step: StepSpec, value: object) -> JsonValue:
    try:
        return checked_json(step.output.dump_python(value, mode="json"))
    except InvalidInput as error:  # not the caller's mistake
        raise InvalidOutput(f"What {step.name} returned cannot be kept. {error.message}") from None


def _output(result: JsonValue, attempt: Attempt) -> dg.Output[JsonValue]:
    """Clients read the metadata, because they have no access to job records: see client/outcome.py."""
    # Dagster's metadata holds no bare scalar.
    name, shown = ("result", result) if isinstance(result, (dict, list)) else ("value", [result])
    numbers = plotted(result, attempt.seconds) if attempt.is_asset else {}
    return dg.Output(result, metadata={**numbers, name: dg.MetadataValue.json(shown), "attempts": attempt.run.attempt})
