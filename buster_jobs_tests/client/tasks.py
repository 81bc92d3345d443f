"""The tasks that the client's tests trigger: each ends in a way of its own. Their effects are files to be counted."""

import time
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.errors import BusterError, InvalidInput
from buster_jobs.runtime import Retry, TaskRun, step, task, workflow


class EchoPayload(BaseModel):
    """What to say, and where to note that it was said."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="What comes back", min_length=1, max_length=100)
    times: int = Field(default=1, ge=1, le=9)
    effects: str | None = Field(default=None, description="A folder that gets a file for each execution")
    reference: UUID | None = None
    at: datetime | None = None


class EchoResult(BaseModel):
    said: str


@task()
def echo(payload: EchoPayload, run: TaskRun) -> EchoResult:
    """Say something, and leave a file named like the run."""
    if payload.effects is not None:
        (Path(payload.effects) / run.run_id).touch(exist_ok=False)
    return EchoResult(said=payload.text * payload.times)


class NumberPayload(BaseModel):
    number: int


@task()
def double(payload: NumberPayload) -> int:
    """Return a number that is no JSON object."""
    return 2 * payload.number


class FailPayload(BaseModel):
    """Fails while `broken` exists: a file, so that what failed can be repaired."""

    broken: str


class Broken(BusterError):
    code = "BROKEN"


@task(retry=Retry(max_attempts=3, min_timeout=0, max_timeout=0))
def fail(payload: FailPayload) -> str:
    """Fail three times."""
    if Path(payload.broken).exists():
        raise Broken("It is still broken.")
    return "repaired"


@task(retry=Retry(max_attempts=3, min_timeout=0, max_timeout=0))
def succeed_at(payload: NumberPayload, run: TaskRun) -> int:
    """Succeed at attempt `number`."""
    if run.attempt < payload.number:
        raise Broken("Not yet.")
    return run.attempt


class SleepPayload(BaseModel):
    seconds: float


@task(queue="long")
def sleep(payload: SleepPayload) -> None:
    """Take time."""
    time.sleep(payload.seconds)


@step()
def look(payload: NumberPayload) -> int:
    raise InvalidInput(f"There is no number {payload.number}.")


@step()
def report(payload: NumberPayload, looked: int) -> int:
    return looked


@workflow(payload=NumberPayload)
def reject() -> object:
    """Be refused by the first of two steps."""
    return report(look())
