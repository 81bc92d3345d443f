"""What follows from an attempt that did not succeed: another one after a while, or the run's end."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import NoReturn

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import PartlyFailed, TimedOut
from buster_jobs.runtime.attempts import job_record
from buster_jobs.runtime.attempts.attempt import Work
from buster_jobs.runtime.attempts.job_record import Record, Superseded
from buster_jobs.runtime.attempts.materialization import tell_part
from buster_jobs.runtime.attempts.problem import Problem, describe
from buster_jobs.runtime.attempts.watchdog import KILLED
from buster_jobs.runtime.spec import Completion, Failure
from buster_jobs.runtime.waiting import Suspended, is_attended

_waiting: ContextVar[bool] = ContextVar("waiting", default=True)


_NO_LIMIT = 1_000_000
"""For Dagster's own count of retries, which begins anew with each delivery of a run: ours has decided already."""


class AttemptFailed(Exception):
    """What Dagster keeps and shows of a failed attempt: our redacted words instead of the original's."""


@contextmanager
def without_waiting() -> Generator[None]:
    """Retry delays are computed and recorded in this block, but nobody waits for them."""
    token = _waiting.set(False)
    try:
        yield
    finally:
        _waiting.reset(token)


def is_waiting() -> bool:
    """Whether delays are waited for."""
    return _waiting.get()


def judge(work: Work, error: Exception, problem: Problem) -> NoReturn:
    """Raises `dg.RetryRequested` or `dg.Failure`."""
    failure = Failure(work.run, problem.code, problem.message)
    decision = work.caught(failure)
    what = f"{_attempt_name(work)} failed. {problem.code}: {problem.message}"
    # An attempt that could not be counted, because the database was away, counts all the same.
    tried = work.run.attempt or work.context.retry_number + 1
    if not decision.stop and work.policy.allows_another(error, tried):
        delay = decision.delay if decision.delay is not None else work.policy.delay_after(error, tried)
        _try_again(work, problem, what, max(0.0, delay))
    work.context.log.error(f"{what}\n{problem.stack}")
    if work.is_asset and isinstance(error, PartlyFailed):
        tell_part(work.context, error, work.seconds)
    _end(work, failure, problem, late=isinstance(error, Superseded))
    metadata = {"code": problem.code, "attempts": work.run.attempt}
    raise dg.Failure(f"{problem.code}: {problem.message}", metadata=metadata, allow_retries=False)


class Killed(TimedOut):
    """The attempt was ended by force when it was past its deadline, and may be made again."""


class KilledForGood(Killed):
    """Of a task that is not safe to be made again when nobody knows how far it came."""

    retryable = False


def check_killed(work: Work, record: Record) -> None:
    """Raises `TimedOut` for an attempt that has ended already, so that it is judged like any other that failed."""
    if record.begun and record.begun.killed:
        raise (Killed if work.task.restart else KilledForGood)(KILLED)


def stopped(work: Work, error: BaseException) -> None:
    """Somebody cancelled the run, or its process is being ended for a reason of its own; Dagster tells them apart."""
    if is_attended():
        return  # another process goes on with the run, or records that it was cancelled once this one is gone
    stored = work.context.instance.get_run_by_id(work.run.run_id)
    if stored and stored.status is dg.DagsterRunStatus.CANCELING:
        if work.note(lambda: job_record.cancel(work.closing_record())):
            work.completed(Completion(work.run, "canceled"))
        return
    message = "The worker was stopped while it ran."
    problem = replace(describe(error), code="INTERRUPTED", message=message, reason="crash")
    _end(work, Failure(work.run, problem.code, message), problem)


def _try_again(work: Work, problem: Problem, what: str, delay: float) -> NoReturn:
    work.context.log.warning(f"{what} Trying again in {delay:g} s.\n{problem.stack}")
    record = work.record
    if record:
        work.note(lambda: job_record.end_attempt(record, problem))
    raise dg.RetryRequested(_NO_LIMIT, delay if is_waiting() else 0) from AttemptFailed(what)


def pause_attempt(work: Work, pause: Suspended) -> NoReturn:
    """The step starts over when its wait is over. Raises `dg.RetryRequested`, which to Dagster is the way to do so."""
    record = work.record
    if record:
        job_record.pause_attempt(record)
    raise dg.RetryRequested(_NO_LIMIT, pause.seconds) from AttemptFailed(f"Not a failure: the step {pause}.")


def _end(work: Work, failure: Failure, problem: Problem, *, late: bool = False) -> None:
    """Record a final failure. When the database is away, the sweep of dead letters does so later."""
    if late or not work.note(lambda: _close(work, problem)):
        return
    work.failed(failure)
    work.note(lambda: tag_run(work, problem.code))


def tag_run(work: Work, error_code: str | None = None) -> None:
    """Let the UI find runs that failed or were tried again. The others, of which there are many, cost nothing."""
    tags = {run_tags.ERROR_CODE: error_code} if error_code else {}
    if work.run.attempt > 1:
        tags[run_tags.ATTEMPTS] = str(work.run.attempt)
    if tags:
        work.context.instance.add_run_tags(work.run.run_id, tags)


def _close(work: Work, problem: Problem) -> None:
    job_record.fail(work.closing_record(), problem)


def _attempt_name(work: Work) -> str:
    if work.run.attempt:
        return f"Attempt {work.run.attempt} of {work.policy.max_attempts}"
    return "The check of the payload" if work.payload is None else "The beginning of an attempt"
