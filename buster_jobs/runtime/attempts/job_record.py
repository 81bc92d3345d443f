"""The job record of a run: opened by its first attempt, closed with its one outcome.

Closing a record without a result also leaves the run's dead letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import attempts
from buster_jobs.packages.database.runs.attempts import Begun
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.jobs import create_job, update_job_status
from buster_jobs.packages.database.runs.letter_values import NewLetter
from buster_jobs.packages.database.runs.outcomes import Outcome, close_job
from buster_jobs.packages.errors import BusterError
from buster_jobs.runtime.attempts.problem import Problem
from buster_jobs.runtime.spec import TaskRun


class Superseded(BusterError):
    """This attempt may not write any more: the run has ended, or a later attempt has it."""

    code = "SUPERSEDED"
    retryable = False


@dataclass(frozen=True, slots=True)
class Record:
    """A job record that its holder may close. `begun` is the attempt that holds it; None outside of an attempt."""

    job_id: UUID
    run: TaskRun
    payload: Mapping[str, Any]
    tags: Mapping[str, str]
    begun: Begun | None = None


def open_record(run: TaskRun, payload: Mapping[str, Any], tags: Mapping[str, str]) -> Record:
    """The record of a run, to end it from outside of its attempts."""
    job = create_job(type=run.task, status="running", metadata=dict(payload), run_id=run.run_id)
    return Record(job.id, run, payload, tags)


def begin_attempt(run: TaskRun, step: str, payload: Mapping[str, Any], tags: Mapping[str, str]) -> "Record | Job":
    """The record with the attempt that works now; or the job, if the run has its outcome already."""
    begun = attempts.begin_attempt(run_id=run.run_id, task=run.task, step=step, payload=payload)
    if isinstance(begun, Job):
        return begun
    return Record(begun.job_id, replace(run, attempt=begun.number), payload, tags, begun)


def end_attempt(record: Record, problem: Problem | None = None) -> None:
    """The run goes on after this attempt. Raises `Superseded`."""
    code, message = (problem.code, problem.message) if problem else (None, None)
    if record.begun and not attempts.end_attempt(record.begun, error_code=code, error=message):
        raise Superseded(f"Attempt {record.run.attempt} of run {record.run.run_id} came too late to be recorded.")


def pause_attempt(record: Record) -> None:
    """The attempt gives its worker back while it waits; it is the same one that goes on."""
    if record.begun:
        attempts.pause_attempt(record.begun)


def suspend(record: Record) -> None:
    """The run waits without a worker."""
    update_job_status(job_id=record.job_id, status="suspended")


def complete(record: Record, result: JsonValue) -> None:
    """The task did what it was asked to. Raises `Superseded`."""
    _close(record, Outcome("completed", result=result))


def reject(record: Record, code: str, message: str) -> JsonValue:
    """The task refused what it was asked to do. Answers with the result that the caller gets. Raises `Superseded`."""
    result: JsonValue = {"success": False, "error": message, "code": code}
    _close(record, Outcome("rejected", result=result, error=message, error_code=code))
    return result


def fail(record: Record, problem: Problem) -> bool:
    """The last attempt failed. False when the run had an outcome already; for an attempt, raises `Superseded`."""
    return _close_without_result(record, "failed", problem)


def cancel(record: Record) -> bool:
    """The run was stopped on purpose, so operators are not told. Answers as `fail` does."""
    return _close_without_result(record, "canceled", Problem("CANCELED", "The run was stopped.", "canceled"))


def expire(record: Record) -> bool:
    """The run could not start before its time limit. Answers as `fail` does."""
    message = "The run could not start before its time limit."
    return _close_without_result(record, "expired", Problem("EXPIRED", message, "expired"))


def _close_without_result(record: Record, status: str, problem: Problem) -> bool:
    letter = NewLetter(
        run_id=record.run.run_id,
        task=record.run.task,
        payload=record.payload,
        reason=problem.reason,
        error_code=problem.code,
        error=problem.message,
        stack=problem.stack,
        replay_of=record.tags.get(run_tags.REPLAY_OF),
        alert=status != "canceled",
        urgent=run_tags.CRITICAL in record.tags,
    )
    return _close(record, Outcome(status, error=problem.message, error_code=problem.code, letter=letter))


def _close(record: Record, end: Outcome) -> bool:
    """An attempt learns by `Superseded` that its outcome does not count; from outside of attempts, by False."""
    fence = record.begun.fence if record.begun else None
    closed = close_job(record.job_id, end, fence=fence) == "closed"
    if not closed and record.begun:
        raise Superseded(f"Run {record.run.run_id} has another outcome than {end.status}, or a later attempt.")
    return closed
