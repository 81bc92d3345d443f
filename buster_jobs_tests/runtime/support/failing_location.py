"""A code location whose task fails until it is repaired, for tests of sweeps and replays."""

import dagster as dg
from pydantic import BaseModel, Field

from buster_jobs.runtime import Retry, TaskRun, task

executed: list[str] = []
repaired: list[bool] = []


class Failing(BaseModel):
    """Both have limits that only the model knows."""

    number: int = Field(default=0, le=100)
    weight: float = Field(default=0.0, allow_inf_nan=False)


@task(retry=Retry(max_attempts=1))
def failing(payload: Failing, run: TaskRun) -> int:
    """Fail until it is repaired."""
    executed.append(run.run_id)
    if not repaired:
        raise RuntimeError("Out of order.")
    return payload.number


defs = dg.Definitions(jobs=[failing])
