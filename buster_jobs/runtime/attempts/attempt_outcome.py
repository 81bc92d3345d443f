"""What follows from an attempt that did not succeed: another one after a while, or the run's end."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import NoReturn

import dagster as dg

from buster_jobs.packages.errors import PartlyFailed, TimedOut
from buster_jobs.runtime.attempts import job_record
from buster_jobs.runtime.attempts.attempt import Attempt
from buster_jobs.runtime.attempts.job_record import Record, Superseded
from buster_jobs.runtime.attempts.materialization import tell_part
from buster_jobs.runtime.attempts.problem import Problem, describe
from buster_jobs.runtime.attempts.watchdog import KILLED
from buster_jobs.runtime.spec import TaskCompletion, TaskFailure
from buster_jobs.runtime.waiting import Suspended, is_attended

_waiting: ContextVar[bool] = ContextVar("waiting", default=True)


_NO_LIMIT = 1_000_000
"""For Dagster's own count of retries, which restarts with each delivery of a run. Our policy has decided already."""


class AttemptFailed(Exception):
    """What Dagster keeps and shows of a failed attempt: our redacted words instead of the original's."""


@contextmanager
def without_waiting() -> Generator[None]:
    """Retry delays are computed and recorded in this block, and skipped."""
    token = _waiting.set(False)
    try:
        yield
    finally:
        _waiting.reset(token)


def is_waiting() -> bool:
    """Whether delays are waited for."""
    return _waiting.get()


def handle_failure(attempt: Attempt, error: Exception, problem: Problem) -> NoReturn:
    """Raises `dg.RetryRequested` or `dg.Failure`."""
    failure = TaskFailure(attempt.run, problem.code, problem.message)
    decision = attempt.caught(failure)
    what = f"{_attempt_name(attempt)} failed. {problem.code}: {problem.message}"
    # An attempt that could not be counted, because the database was away, counts all the same.
    tried = attempt.run.attempt or attempt.context.retry_number + 1
    if not decision.stop and attempt.policy.allows_another(error, tried):
        delay = decision.delay if decision.delay is not None else attempt.policy.delay_after(error, tried)
        _try_again(attempt, problem, what, max(0.0, delay))
    attempt.context.log.error(f"{what}\n{problem.stack}")
    if attempt.is_asset and isinstance(error, PartlyFailed):
        tell_part(attempt.context, error, attempt.seconds)
    _end(attempt, failure, problem, late=isinstance(error, Superseded))
    metadata = {"code": problem.code, "attempts": attempt.run.attempt}
    raise dg.Failure(f"{problem.code}: {problem.message}", metadata=metadata, allow_retries=False)


class Killed(TimedOut):
    """The attempt was ended by force when it was past its deadline, and may be made again."""


class KilledForGood(Killed):
    """The same, of a task with `restart=False`: it is not tried again, because how far it came is unknown."""

    retryable = False


def check_killed(attempt: Attempt, record: Record) -> None:
    """Raises `TimedOut` for an attempt that has ended already, so that it is handled like any other failure."""
    if record.begun and record.begun.killed:
        raise (Killed if attempt.task.restart else KilledForGood)(KILLED)


def handle_interruption(attempt: Attempt, error: BaseException) -> None:
    """The run was cancelled, or its process is being stopped; the run's status in Dagster says which."""
    if is_attended():
        return  # another process goes on with the run, or records the cancellation once this one is gone
    stored = attempt.context.instance.get_run_by_id(attempt.run.run_id)
    if stored and stored.status is dg.DagsterRunStatus.CANCELING:
        if attempt.note(lambda: job_record.cancel(attempt.closing_record())):
            attempt.completed(TaskCompletion(attempt.run, "canceled"))
        return
    message = "The worker was stopped while it ran."
    problem = replace(describe(error), code="INTERRUPTED", message=message, reason="crash")
    _end(attempt, TaskFailure(attempt.run, problem.code, message), problem)


def _try_again(attempt: Attempt, problem: Problem, what: str, delay: float) -> NoReturn:
    attempt.context.log.warning(f"{what} Trying again in {delay:g} s.\n{problem.stack}")
    attempt.end(problem)
    raise dg.RetryRequested(_NO_LIMIT, delay if is_waiting() else 0) from AttemptFailed(what)


def pause_attempt(attempt: Attempt, pause: Suspended) -> NoReturn:
    """The step starts over when its wait is over. Raises `dg.RetryRequested`, which to Dagster is the way to do so."""
    record = attempt.record
    if record:
        job_record.pause_attempt(record)
    raise dg.RetryRequested(_NO_LIMIT, pause.seconds) from AttemptFailed(f"Not a failure: the step {pause}.")


def _end(attempt: Attempt, failure: TaskFailure, problem: Problem, *, late: bool = False) -> None:
    """Record a final failure. When the database is away, the sweep of dead letters does so later."""
    if late or not attempt.fail(problem):
        return
    attempt.failed(failure)
    attempt.tag(problem.code)


def _attempt_name(attempt: Attempt) -> str:
    if attempt.run.attempt:
        return f"Attempt {attempt.run.attempt} of {attempt.policy.max_attempts}"
    return "The check of the payload" if attempt.payload is None else "The beginning of an attempt"
