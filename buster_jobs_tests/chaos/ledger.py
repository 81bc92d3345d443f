"""What the tasks under chaos really did: every execution and its one effect, in a schema of their own.

An effect stands for a charge or a mail: whoever receives it can refuse an older attempt's, but cannot take it back.
"""

import os
from collections.abc import Sequence
from typing import Any

import psutil
from sqlalchemy import text

from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.database.server.reconnect import repeated
from buster_jobs.runtime import TaskRun


def make_tables() -> None:
    """An empty ledger."""
    with transaction() as connection:
        for statement in _TABLES:
            connection.execute(text(statement))


@repeated
def begin(run: TaskRun, key: str, part: str = "") -> int:
    """An attempt works now. Answers with its place in the ledger.

    `in_two_hands` says that the process of an earlier execution of this run is still at work: it was neither lost nor
    frozen.
    """
    me = psutil.Process()
    given = {"run_id": run.run_id, "task": run.task, "attempt": run.attempt, "key": key, "part": part}
    given |= {"pid": me.pid, "created": me.create_time()}
    with transaction() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:run_id))"), given)
        others = connection.execute(text(_OTHERS), given).all()
        in_two_hands = any(_is_alive(pid, created) for pid, created in others)
        return connection.scalar(text(_BEGIN), given | {"in_two_hands": in_two_hands}) or 0


@repeated
def effect(entry: int) -> None:
    """The attempt has its effect, unless a later one of its run has begun."""
    with transaction() as connection:
        connection.execute(text(_EFFECT), {"id": entry})


def begun(run_id: str) -> int:
    """How many executions of the run there have been."""
    (row,) = rows("SELECT count(*) AS number FROM chaos.executions WHERE run_id = :run_id", run_id=run_id)
    return row.number


def is_repaired() -> bool:
    """Whether what always failed works now."""
    return bool(rows("SELECT FROM chaos.repaired"))


def repair() -> None:
    """From now on, what always failed works."""
    with transaction() as connection:
        connection.execute(text("INSERT INTO chaos.repaired VALUES (true)"))


def is_open(attempt: int) -> bool:
    """Whether attempts of that number may go on that wait at a gate."""
    return bool(rows("SELECT FROM chaos.gates WHERE attempt = :attempt", attempt=attempt))


def open_gate(attempt: int) -> None:
    """Let attempts of that number go on."""
    with transaction() as connection:
        connection.execute(text("INSERT INTO chaos.gates VALUES (:attempt)"), {"attempt": attempt})


def note_frozen(pids: Sequence[int]) -> None:
    """These processes are about to be stopped: to everybody else they are lost."""
    with transaction() as connection:
        connection.execute(text("INSERT INTO chaos.frozen SELECT unnest(CAST(:pids AS integer[]))"), {"pids": pids})


@repeated
def rows(query: str, **given: Any) -> Sequence[Any]:
    """What a query of ours finds."""
    with transaction() as connection:
        return connection.execute(text(query), given).all()


def _is_alive(pid: int, created: float) -> bool:
    if pid == os.getpid():
        return False  # one process does one thing after the other
    try:
        process = psutil.Process(pid)
        return process.create_time() == created and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


_TABLES = (
    "DROP SCHEMA IF EXISTS chaos CASCADE",
    "CREATE SCHEMA chaos",
    """CREATE TABLE chaos.executions (id bigserial PRIMARY KEY, run_id text, task text, attempt integer, key text,
        part text, pid integer, created float, in_two_hands boolean, began_at timestamptz DEFAULT clock_timestamp(),
        effect_at timestamptz)""",
    "CREATE INDEX ON chaos.executions (run_id)",
    "CREATE INDEX ON chaos.executions (key)",
    "CREATE TABLE chaos.frozen (pid integer)",
    "CREATE TABLE chaos.repaired (yes boolean)",
    "CREATE TABLE chaos.gates (attempt integer)",
)

_OTHERS = """
SELECT DISTINCT pid, created FROM chaos.executions e
WHERE run_id = :run_id AND part = :part AND NOT EXISTS (SELECT FROM chaos.frozen f WHERE f.pid = e.pid)
"""

_BEGIN = """
INSERT INTO chaos.executions (run_id, task, attempt, key, part, pid, created, in_two_hands)
VALUES (:run_id, :task, :attempt, :key, :part, :pid, :created, :in_two_hands) RETURNING id
"""

_EFFECT = """
UPDATE chaos.executions mine SET effect_at = clock_timestamp()
WHERE id = :id AND NOT EXISTS (
    SELECT FROM chaos.executions later
    WHERE later.run_id = mine.run_id AND later.part = mine.part AND later.id > mine.id)
"""
