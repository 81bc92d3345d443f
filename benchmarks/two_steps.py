"""The jobs that the benchmarks run, made by our decorators: two steps that do nothing, and what makes others wait."""

import time

import dagster as dg
from pydantic import BaseModel, Field

from buster_jobs.runtime import step, task, wait_for, workflow


class Nothing(BaseModel):
    """No fields: what is measured is the system around the work."""


class Seconds(BaseModel):
    """How long to be in the way."""

    seconds: float = Field(ge=0, le=600)


@step()
def first(_payload: Nothing) -> int:
    return 1


@step()
def second(_payload: Nothing, one: int) -> int:
    return one + 1


@workflow(payload=Nothing)
def two_steps() -> object:
    """Pass a number on."""
    return second(first())


@task(concurrency={"the one": 1})
def one_at_a_time(payload: Seconds) -> None:
    """Hold the one key."""
    time.sleep(payload.seconds)


@task()
def suspended(payload: Seconds) -> float:
    """Wait without a worker, and say when it went on: seconds since the epoch."""
    wait_for(payload.seconds)
    return time.time()


defs = dg.Definitions(jobs=[two_steps, one_at_a_time, suspended])
