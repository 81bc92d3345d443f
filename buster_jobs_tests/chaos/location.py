"""The code location under chaos: a task for each way to behave, with one effect in the ledger when it succeeds."""

import os
import signal
import time

import dagster as dg
from pydantic import BaseModel, Field, field_validator

from buster_jobs.packages.database.runs.dead_letters import save_failed_task
from buster_jobs.packages.database.runs.letter_values import NewLetter
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime import Retry, TaskFailure, TaskRun, step, task, wait_for, workflow
from buster_jobs_tests.chaos import ledger

_AT_ONCE = Retry(max_attempts=3, min_timeout=0, max_timeout=0)
_PATIENT = Retry(max_attempts=10, min_timeout=0, max_timeout=0)
"""For what fails only because it is disturbed: each lost worker is an attempt too."""


class Order(BaseModel):
    """`key` names the effect, of which there must be one."""

    key: str = Field(description="What the effect is known by")
    seconds: float = Field(default=0, description="How long it takes")


class StrictOrder(Order):
    """An order that its model refuses, which no JSON Schema can tell."""

    @field_validator("key")
    @classmethod
    def never(cls, value: str) -> str:
        if not ledger.is_repaired():
            raise ValueError("is not to be had")
        return value


class Done(BaseModel):
    """`attempt` is the one that did it."""

    attempt: int


def _do(payload: Order, run: TaskRun, part: str = "") -> Done:
    entry = ledger.begin(run, payload.key, part)
    time.sleep(payload.seconds)
    ledger.effect(entry)
    return Done(attempt=run.attempt)


def _break_unless_repaired(payload: Order, run: TaskRun) -> Done:
    if not ledger.is_repaired():
        ledger.begin(run, payload.key)
        raise RuntimeError("Out of order.")
    return _do(payload, run)


def _die_until(times: int, payload: Order, run: TaskRun) -> Done:
    if not ledger.is_repaired() and ledger.begun(run.run_id) < times:
        ledger.begin(run, payload.key)
        os.kill(os.getpid(), signal.SIGKILL)
    return _do(payload, run)


@task(retry=_PATIENT)
def succeeds(payload: Order, run: TaskRun) -> Done:
    """Do as asked."""
    return _do(payload, run)


@task(retry=_PATIENT)
def is_flaky(payload: Order, run: TaskRun) -> Done:
    """Fail twice."""
    if ledger.begun(run.run_id) < 2:
        ledger.begin(run, payload.key)
        raise RuntimeError("Not yet.")
    return _do(payload, run)


@task(retry=_AT_ONCE)
def always_fails(payload: Order, run: TaskRun) -> Done:
    """Fail until it is repaired."""
    return _break_unless_repaired(payload, run)


@task(retry=_AT_ONCE, critical=True)
def fails_critically(payload: Order, run: TaskRun) -> Done:
    """Fail until it is repaired, and have operators told at once."""
    return _break_unless_repaired(payload, run)


@task(retry=_AT_ONCE, deadline=0.5)
def is_late(payload: Order, run: TaskRun) -> Done:
    """Pass the deadline until it is repaired."""
    if not ledger.is_repaired():
        time.sleep(60)
    return _do(payload, run)


@task(retry=_PATIENT, queue="long")
def is_slow(payload: Order, run: TaskRun) -> Done:
    """Take long."""
    return _do(payload, run)


@task(retry=_PATIENT, concurrency={"one": 1})
def takes_turns(payload: Order, run: TaskRun) -> Done:
    """One at a time."""
    return _do(payload, run)


@task(retry=_AT_ONCE)
def refuses_its_payload(payload: StrictOrder, run: TaskRun) -> Done:
    """Get no further than the check of the payload."""
    return _do(payload, run)


@task(retry=_AT_ONCE)
def rejects(payload: Order, run: TaskRun) -> Done:
    """Say that it cannot be done."""
    raise InvalidInput("That cannot be done.")


@task(retry=_AT_ONCE)
def kills_itself_once(payload: Order, run: TaskRun) -> Done:
    """Die, and succeed the next time."""
    return _die_until(1, payload, run)


@task(retry=_AT_ONCE)
def kills_itself(payload: Order, run: TaskRun) -> Done:
    """Die each time."""
    return _die_until(1_000, payload, run)


@task(retry=_PATIENT)
def eats_memory(payload: Order, run: TaskRun) -> Done:
    """Grow so far that the worker is replaced afterwards."""
    ballast = bytearray(500 * 1024 * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])
    return _do(payload, run)


@task(retry=_PATIENT)
def waits(payload: Order, run: TaskRun) -> Done:
    """Give the worker back for six seconds."""
    wait_for(6)
    return _do(payload, run)


@task(retry=_PATIENT)
def stands_at_a_gate(payload: Order, run: TaskRun) -> Done:
    """Begin, and go on when it is let."""
    entry = ledger.begin(run, payload.key)
    while not ledger.is_open(run.attempt):
        time.sleep(0.05)
    ledger.effect(entry)
    return Done(attempt=run.attempt)


def _save_a_letter_too(payload: Order, failure: TaskFailure) -> None:
    """What the specification's tasks do themselves."""
    letter = NewLetter(
        failure.run.run_id, failure.run.task, payload.model_dump(), "exception", failure.code, failure.message
    )
    save_failed_task(letter)


@task(retry=_AT_ONCE, on_failure=_save_a_letter_too)
def saves_its_own_letter(payload: Order, run: TaskRun) -> Done:
    """Fail, and say so where the runtime says it too."""
    return _break_unless_repaired(payload, run)


@step()
def first_half(payload: Order, run: TaskRun) -> int:
    return _do(payload, run, "first half").attempt


@step()
def second_half(payload: Order, first: int, run: TaskRun) -> Done:
    return _do(payload, run, "second half")


@workflow(payload=Order, retry=_PATIENT)
def has_two_steps() -> object:
    """One effect in each of two steps."""
    return second_half(first_half())


TASKS = (
    succeeds,
    is_flaky,
    always_fails,
    fails_critically,
    is_late,
    is_slow,
    takes_turns,
    refuses_its_payload,
    rejects,
    kills_itself_once,
    kills_itself,
    eats_memory,
    waits,
    has_two_steps,
    stands_at_a_gate,
    saves_its_own_letter,
)

defs = dg.Definitions(jobs=list(TASKS))
