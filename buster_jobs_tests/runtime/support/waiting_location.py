"""A code location whose tasks wait, for tests of suspension."""

from collections import Counter

import dagster as dg
from pydantic import BaseModel

from buster_jobs.packages.errors import RateLimited
from buster_jobs.runtime import Retry, step, task, wait_for, workflow

executions: Counter[str] = Counter()


class Waiting(BaseModel):
    seconds: float = 60


@step()
def before(_payload: Waiting) -> int:
    executions["before"] += 1
    return 20


@step()
def pause(payload: Waiting, number: int) -> int:
    executions["pause"] += 1
    wait_for(payload.seconds)
    wait_for(payload.seconds)
    return number + 1


@step()
def after(_payload: Waiting, number: int) -> int:
    executions["after"] += 1
    return number * 2


@workflow(payload=Waiting, concurrency={"pause:{seconds}": 1})
def pausing() -> object:
    """Wait twice, in the middle."""
    return after(pause(before()))


@task(retry=Retry(max_attempts=3, min_timeout=30, max_timeout=60))
def rate_limited(_payload: Waiting) -> str:
    """Be told twice to come back later."""
    executions["rate_limited"] += 1
    if executions["rate_limited"] < 3:
        raise RateLimited("Too many requests.", retry_after=45)
    return "through"


defs = dg.Definitions(jobs=[pausing, rate_limited])
