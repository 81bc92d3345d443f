"""A code location of small tasks that print, wait, block, crash, grow and leave effects, as their payload says."""

import ctypes
import os
import signal
import subprocess
import sys
import time

import dagster as dg
import psycopg
import psycopg2
from pydantic import BaseModel
from sqlalchemy import text

from buster_jobs.packages.database.server.engine import get_engine, transaction
from buster_jobs.runtime import Retry, TaskRun, step, task, workflow

ONCE = Retry(max_attempts=1)


class Steer(BaseModel):
    """What a run is to do; a task reads only what it needs."""

    seconds: float = 0
    key: str = "none"
    number: int = 0
    times: int = 1
    gate: str = ""


class Number(BaseModel):
    number: int


def note(run: TaskRun, what: str) -> None:
    """Leave a row that says what the run does, where, and when. A PostgreSQL that is restarted is no failed attempt."""
    row = {"run": run.run_id, "what": what, "pid": os.getpid()}
    with transaction() as connection:
        connection.execute(text("INSERT INTO effects VALUES (:run, :what, :pid, clock_timestamp())"), row)


def nap(payload: Steer) -> None:
    """For so many seconds, and until the gate is opened if there is one."""
    time.sleep(payload.seconds)
    if payload.gate:
        with psycopg.connect(_address(), autocommit=True) as connection:
            while not connection.execute("SELECT FROM effects WHERE run_id = %s", (payload.gate,)).fetchall():
                time.sleep(0.05)


def _address() -> str:
    return get_engine().url.set(drivername="postgresql").render_as_string(hide_password=False)


@task()
def prints(payload: Steer) -> None:
    """Write to both streams, below Python's own buffers too."""
    print(f"out {payload.number}")
    print(f"err {payload.number}", file=sys.stderr)
    os.write(1, b"raw out\n")
    subprocess.run(["echo", "child out"], check=True)  # a child's output belongs to the run too


@task(retry=ONCE)
def naps(payload: Steer, run: TaskRun) -> Number:
    """Sleep between two effects."""
    note(run, "began")
    nap(payload)
    note(run, "ended")
    return Number(number=payload.number)


@task(retry=ONCE, queue="long")
def naps_long(payload: Steer, run: TaskRun) -> Number:
    """Sleep on the queue for long tasks."""
    note(run, "began")
    nap(payload)
    return Number(number=payload.number)


@task(retry=ONCE)
def swallows(payload: Steer, run: TaskRun) -> None:
    """Sleep, deaf to every request to stop."""
    note(run, "began")
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time.sleep(payload.seconds)


@task(retry=ONCE)
def queries(payload: Steer, run: TaskRun) -> None:
    """Block in a query."""
    note(run, "began")
    with psycopg.connect(_address()) as connection:
        connection.execute("SELECT pg_sleep(%s), 'a query of misbehaving'", (payload.seconds,))


@task(retry=ONCE)
def queries_deaf(payload: Steer, run: TaskRun) -> None:
    """Block in a query of a driver that no signal interrupts."""
    note(run, "began")
    connection = psycopg2.connect(_address())
    connection.cursor().execute("SELECT pg_sleep(%s), 'a query of misbehaving'", (payload.seconds,))


@task(retry=ONCE, deadline=3)
def late_deaf(payload: Steer, run: TaskRun) -> None:
    """Pass the deadline in a call that no signal interrupts."""
    note(run, "began")
    psycopg2.connect(_address()).cursor().execute("SELECT pg_sleep(%s)", (payload.seconds,))


@task(retry=ONCE, deadline=3)
def late_holding_the_interpreter(payload: Steer, run: TaskRun) -> None:
    """Pass the deadline in a call during which no other thread of the process runs either."""
    note(run, "began")
    sum(range(10**13))


@task(retry=Retry(max_attempts=2, min_timeout=0, max_timeout=0), deadline=3)
def late(payload: Steer, run: TaskRun) -> None:
    """Pass the deadline in a sleep."""
    note(run, f"began {run.attempt}")
    time.sleep(payload.seconds)


@task(retry=ONCE)
def kills_itself(payload: Steer, run: TaskRun) -> Number:
    """Die like a process that the kernel kills for its memory, the first `times` times."""
    note(run, "began")
    if _begun(run) <= payload.times:
        os.kill(os.getpid(), signal.SIGKILL)
    return Number(number=payload.number)


@task(retry=ONCE)
def segfaults(payload: Steer, run: TaskRun) -> None:
    """Die in native code."""
    note(run, "began")
    ctypes.string_at(0)


@task(retry=ONCE)
def grows(payload: Steer, run: TaskRun) -> Number:
    """Use a lot of memory once."""
    _ballast = bytearray(300 * 1024 * 1024)
    _ballast[::4096] = b"x" * len(_ballast[::4096])
    return Number(number=os.getpid())


@task(retry=ONCE, concurrency={"key:{key}": 1})
def one_at_a_time(payload: Steer, run: TaskRun) -> Number:
    """Nap; runs with the same key exclude each other."""
    note(run, "began")
    nap(payload)
    note(run, "ended")
    return Number(number=payload.number)


@step()
def doubled(payload: Steer, run: TaskRun) -> int:
    note(run, "doubled")
    return payload.number * 2


@step()
def plus_one(payload: Steer, twice: int, run: TaskRun) -> Number:
    time.sleep(payload.seconds)
    note(run, "plus one")
    return Number(number=twice + 1)


@workflow(payload=Steer, retry=ONCE)
def calculates() -> object:
    """2n + 1 in two steps, with an effect in each."""
    return plus_one(doubled())


def _begun(run: TaskRun) -> int:
    with transaction() as connection:
        return connection.execute(
            text("SELECT count(*) FROM effects WHERE run_id = :run"), {"run": run.run_id}
        ).scalar_one()


defs = dg.Definitions(
    jobs=[
        prints,
        naps,
        naps_long,
        swallows,
        queries,
        queries_deaf,
        late,
        late_deaf,
        late_holding_the_interpreter,
        kills_itself,
        segfaults,
        grows,
        one_at_a_time,
        calculates,
    ]
)
