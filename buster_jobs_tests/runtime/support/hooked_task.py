"""Tasks with every hook, each of which notes that it was called and breaks when it is told to."""

from collections import Counter
from typing import Any
from uuid import UUID

from pydantic import Field, JsonValue

from buster_jobs.runtime import Retry, RetryDecision, TaskCompletion, TaskFailure, TaskRun, task
from buster_jobs_tests.runtime.support.sample_tasks import FlakyPayload, make_error

calls: list[str] = []
completions: list[TaskCompletion] = []
attempts: Counter[UUID] = Counter()


class HookedPayload(FlakyPayload):
    """`broken` names hooks that raise; `stop_at` is the attempt after which `catch_error` ends it."""

    broken: list[str] = Field(default=[])
    stop_at: int | None = None
    delay: float | None = None


def _note(payload: HookedPayload, hook: str) -> None:
    calls.append(hook)
    if hook in payload.broken:
        raise RuntimeError(f"{hook} broke, token=abc-7f3a91")


def _start(payload: HookedPayload, run: TaskRun) -> None:
    _note(payload, "on_start")


def _attempt(payload: HookedPayload, run: TaskRun) -> None:
    _note(payload, "on_attempt")


def _catch(payload: HookedPayload, failure: TaskFailure) -> RetryDecision | None:
    _note(payload, "catch_error")
    if payload.stop_at == failure.run.attempt:
        return RetryDecision(stop=True)
    return RetryDecision(delay=payload.delay) if payload.delay is not None else None


def _success(payload: HookedPayload, result: JsonValue, run: TaskRun) -> None:
    _note(payload, "on_success")


def _failure(payload: HookedPayload, failure: TaskFailure) -> None:
    _note(payload, "on_failure")


def _complete(payload: HookedPayload, completion: TaskCompletion) -> None:
    completions.append(completion)
    _note(payload, "on_complete")


_RETRY = Retry(max_attempts=3, min_timeout=1, max_timeout=10)
_HOOKS: dict[str, Any] = {
    "on_start": _start,
    "on_attempt": _attempt,
    "catch_error": _catch,
    "on_success": _success,
    "on_failure": _failure,
    "on_complete": _complete,
}


@task(retry=_RETRY, **_HOOKS)
def hooked(payload: HookedPayload, run: TaskRun) -> str:
    """Fail as often as asked."""
    attempts[payload.key] += 1
    if attempts[payload.key] <= payload.fail_times:
        raise make_error(payload)
    return "done"


@task(retry=_RETRY, deadline=0.2, **_HOOKS)
def late(payload: HookedPayload, run: TaskRun) -> str:
    """Pass the deadline. A task of its own, because on a busy machine any attempt might pass so short a one."""
    while True:
        pass


@task(retry=Retry(max_attempts=1), critical=True)
def critical(payload: FlakyPayload) -> None:
    """Fail at once."""
    raise make_error(payload)
