"""A code location for tests of lost workers. Its tasks and hooks note each call in `told`."""

import dagster as dg
from pydantic import BaseModel

from buster_jobs.runtime import Retry, TaskCompletion, TaskFailure, TaskRun, step, task, workflow

told: list[str] = []


class Nothing(BaseModel):
    """Tells it nothing."""


def on_failure(_payload: Nothing, failure: TaskFailure) -> None:
    told.append(f"failed in attempt {failure.run.attempt}: {failure.code}")


def on_complete(_payload: Nothing, completion: TaskCompletion) -> None:
    told.append(f"complete: {completion.status}")
    raise RuntimeError("This hook is broken.")


_TWICE = Retry(max_attempts=2, min_timeout=0, max_timeout=0)


@task(retry=_TWICE, deadline=600, on_failure=on_failure, on_complete=on_complete)
def tries_twice(payload: Nothing, run: TaskRun) -> int:
    told.append(f"attempt {run.attempt}")
    return run.attempt


@task(retry=Retry(max_attempts=6, min_timeout=0, max_timeout=0), deadline=600)
def tries_six_times(payload: Nothing, run: TaskRun) -> int:
    told.append(f"attempt {run.attempt}")
    return run.attempt


@task(retry=Retry(max_attempts=2, min_timeout=30, max_timeout=30), deadline=600)
def tries_again_later(payload: Nothing, run: TaskRun) -> int:
    told.append(f"attempt {run.attempt}")
    return run.attempt


@task(retry=_TWICE, deadline=600, restart=False, on_failure=on_failure)
def must_not_happen_twice(payload: Nothing, run: TaskRun) -> int:
    told.append(f"attempt {run.attempt}")
    return run.attempt


@step()
def first(payload: Nothing, run: TaskRun) -> int:
    told.append("first")
    return 1


@step()
def second(payload: Nothing, one: int, run: TaskRun) -> int:
    told.append(f"second, attempt {run.attempt}")
    return one + 1


@workflow(payload=Nothing, retry=_TWICE, deadline=600)
def in_two_steps() -> object:
    return second(first())


defs = dg.Definitions(
    jobs=[tries_twice, tries_six_times, tries_again_later, must_not_happen_twice, in_two_steps],
)
