"""Small tasks that the runtime's tests run. Their behaviour is steered by their payload, like any task's."""

import time
from collections import Counter
from uuid import UUID

import dagster as dg
from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.errors import BusterError, InvalidInput, RateLimited
from buster_jobs.runtime import Retry, TaskFailure, TaskRun, step, task, workflow

calls: Counter[UUID] = Counter()
failures: list[TaskFailure] = []
steps_run: list[str] = []


class Refused(BusterError):
    code = "REFUSED"
    retryable = False


class FlakyPayload(BaseModel):
    """Fails `fail_times` times with the error named, then succeeds."""

    model_config = ConfigDict(extra="forbid")

    key: UUID
    fail_times: int = Field(default=0, ge=0, le=100)
    error: str = "unknown"
    retry_after: float | None = None


class FlakyResult(BaseModel):
    success: bool
    attempt: int


def make_error(payload: FlakyPayload) -> Exception:
    errors: dict[str, Exception] = {
        "rate_limit": RateLimited("The model is busy.", retry_after=payload.retry_after),
        "invalid_input": InvalidInput("The question is empty."),
        "refused": Refused("Not for you."),
        "with_password": RuntimeError("cannot connect to postgresql://bob:hunter2@db/prod"),
    }
    return errors.get(payload.error, RuntimeError("Something broke."))


def remember(_payload: FlakyPayload, failure: TaskFailure) -> None:
    failures.append(failure)


@task(retry=Retry(max_attempts=3, min_timeout=1, max_timeout=10), on_failure=remember, owner="team:tests")
def flaky(payload: FlakyPayload, run: TaskRun) -> FlakyResult:
    """Fail as often as asked, then succeed."""
    calls[payload.key] += 1
    if calls[payload.key] <= payload.fail_times:
        raise make_error(payload)
    return FlakyResult(success=True, attempt=run.attempt)


class SlowPayload(BaseModel):
    seconds: float


@task(retry=Retry(max_attempts=2, min_timeout=0, max_timeout=0), deadline=0.1)
def slow(payload: SlowPayload) -> None:
    """Sleep."""
    time.sleep(payload.seconds)


def broken_hook(_payload: SlowPayload, _failure: TaskFailure) -> None:
    raise RuntimeError("The hook itself broke.")


@task(retry=Retry(max_attempts=1), on_failure=broken_hook)
def failing_with_broken_hook(payload: SlowPayload) -> None:
    """Fail, and fail again while failing."""
    raise Refused("Not for you.")


@task()
def interrupted(payload: SlowPayload) -> None:
    """Behave as if the worker's machine were shutting down."""
    raise dg.DagsterExecutionInterruptedError


class CountPayload(BaseModel):
    upto: int
    refuse: bool = False


class Numbers(BaseModel):
    values: list[int]


@step()
def numbers(payload: CountPayload) -> Numbers:
    steps_run.append("numbers")
    if payload.refuse:
        raise InvalidInput("That is too far.")
    return Numbers(values=list(range(payload.upto)))


@step()
def total(payload: CountPayload, made: Numbers) -> int:
    steps_run.append("total")
    return sum(made.values)


@step()
def report(payload: CountPayload, made: Numbers, sum_of_all: int, run: TaskRun) -> dict[str, int]:
    steps_run.append("report")
    return {"count": len(made.values), "sum": sum_of_all, "attempt": run.attempt}


@workflow(payload=CountPayload)
def counting() -> object:
    """Three steps, one of which needs two others."""
    made = numbers()
    return report(made, total(made))


@step()
def tens(payload: CountPayload) -> int:
    return 10 * payload.upto


@step()
def units(payload: CountPayload) -> int:
    return payload.upto


@step()
def subtracted(_payload: CountPayload, minuend: int, amount: int) -> int:
    return minuend - amount


@workflow(payload=CountPayload)
def subtracts() -> object:
    """Give a step its inputs by position."""
    return subtracted(tens(), units())
