"""One attempt of one step: check the payload, keep the record, run the function. What failed is judged elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from pydantic import JsonValue

from buster_jobs.packages import database, run_tags
from buster_jobs.packages.database.storable_values import checked_json
from buster_jobs.packages.errors import BusterError, DatabaseUnavailable, InvalidInput
from buster_jobs.packages.redaction import redact
from buster_jobs.runtime.attempts import interruption, job_record
from buster_jobs.runtime.attempts.attempt import Work
from buster_jobs.runtime.attempts.attempt_outcome import (
    check_killed,
    is_waiting,
    judge,
    pause_attempt,
    stopped,
    tag_run,
)
from buster_jobs.runtime.attempts.deadline import deadline
from buster_jobs.runtime.attempts.job_record import Record
from buster_jobs.runtime.attempts.materialization import plotted
from buster_jobs.runtime.attempts.problem import Problem, describe
from buster_jobs.runtime.attempts.watchdog import watched
from buster_jobs.runtime.payload import parse_payload
from buster_jobs.runtime.spec import Completion, StepSpec, asset_spec, task_spec
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

    With one exception: `DatabaseUnavailable`, where another process will take the run up again.
    """
    task = asset_spec(step.name) if is_asset_run(context.run) else task_spec(context.job_name)
    work = Work(task, step, context)
    failed: tuple[Exception, Problem] | None = None
    waits = _waits(context)
    try:
        with step_waits(StepWaits(waits.ends, can_suspend=is_attended(), skip=not is_waiting())):
            yield from _attempt(work, inputs)
    except Suspended as pause:
        database.save_step_waits(context.run_id, _step_key(context), waits.ends)
        pause_attempt(work, pause)
    except Exception as error:
        if is_attended() and isinstance(error, DatabaseUnavailable):
            raise  # nothing can be recorded now: not an attempt, but a delivery that has to be made again
        failed = (error, describe(error))
    except (dg.DagsterExecutionInterruptedError, KeyboardInterrupt) as error:
        stopped(work, error)
        raise
    if failed:  # raised outside of the except block, so that the original and its secrets are not chained to it
        judge(work, *failed)


def _waits(context: dg.OpExecutionContext) -> "database.BegunWaits":
    """The step's waits so far. Every suspension is a retry to Dagster, so that a first execution has none."""
    if not context.retry_number:
        return database.BegunWaits([], 0)
    return database.load_step_waits(context.run_id, _step_key(context))


def _step_key(context: dg.OpExecutionContext) -> str:
    return context.op_handle.name  # our graphs are not nested


def _attempt(work: Work, inputs: Mapping[str, Any]) -> Iterator[dg.Output[JsonValue]]:
    payload = parse_payload(work.task.payload, work.received())
    work.payload = payload
    record = work.begin()
    if isinstance(record, database.Job):
        yield from _as_recorded(work, record)
        return
    try:
        check_killed(work, record)
        limit = work.step.deadline or work.task.deadline
        with watched(work.run.run_id, limit), deadline(limit), interruption.interruptible():
            work.before(record)
            with work.timed():
                value = work.step.function(payload, **_arguments(work, inputs))
        result = _json(work.step, value)
    except InvalidInput as error:
        result = job_record.reject(record, error.code, redact(error.message))
        work.completed(Completion(work.run, "rejected", result=result))
        _tell_rejection(work, error)
        if work.is_last_step and not work.is_asset:
            yield _output(result, work)
        return
    _succeed(work, record, result)
    yield _output(result, work)


def _tell_rejection(work: Work, error: InvalidInput) -> None:
    """To Dagster the run succeeds; its tags say otherwise, to people and to clients."""
    told = {run_tags.OUTCOME: "rejected", run_tags.ERROR_CODE: error.code, run_tags.ERROR: redact(error.message)}
    work.note(lambda: work.context.instance.add_run_tags(work.run.run_id, told))


def _succeed(work: Work, record: Record, result: JsonValue) -> None:
    if not work.is_last_step:
        job_record.end_attempt(record)
        return
    job_record.complete(record, result)
    work.succeeded(result)
    work.note(lambda: tag_run(work))


def _as_recorded(work: Work, job: "database.Job") -> Iterator[dg.Output[JsonValue]]:
    """The run's worker was lost after the outcome was recorded and before Dagster knew of it: nothing is done twice."""
    if job.status not in ("completed", "rejected"):
        raise job_record.Superseded(f"The run has ended already: its job record is {job.status}.")
    if work.is_last_step and not (work.is_asset and job.status == "rejected"):
        yield _output(job.result, work)


def _arguments(work: Work, inputs: Mapping[str, Any]) -> dict[str, Any]:
    step = work.step
    arguments = {name: adapter.validate_python(inputs[name]) for name, adapter in step.inputs.items()}
    return arguments | ({step.run_parameter: work.run} if step.run_parameter else {})


def _json(step: StepSpec, value: object) -> JsonValue:
    try:
        return checked_json(step.output.dump_python(value, mode="json"))
    except InvalidInput as error:  # not the caller's mistake
        raise InvalidOutput(f"What {step.name} returned cannot be kept. {error.message}") from None


def _output(result: JsonValue, work: Work) -> dg.Output[JsonValue]:
    """The metadata is what clients, who see no job record, read: see client/outcome.py."""
    # Dagster's metadata holds no bare scalar.
    name, shown = ("result", result) if isinstance(result, (dict, list)) else ("value", [result])
    numbers = plotted(result, work.seconds) if work.is_asset else {}
    return dg.Output(result, metadata={**numbers, name: dg.MetadataValue.json(shown), "attempts": work.run.attempt})
