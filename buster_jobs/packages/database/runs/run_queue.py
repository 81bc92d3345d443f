"""The run queue: accepted runs that are not finished, in what order they start, and who works on them.

Nothing here executes a run or knows what a run is. Every function is one short transaction; PostgreSQL's clock counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from sqlalchemy import Connection, text

from buster_jobs.packages.database.runs import run_queue_statements as statements
from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.database.server.reconnect import repeated

READY_CHANNEL = "buster_run_ready"
"""Notified with a queue's name when a run of it becomes ready."""
SUPERVISOR_CHANNEL = "buster_run_supervisor"
"""Notified when a supervisor has something to do sooner than it thought."""

Heard = Literal["go on", "canceled", "lost"]
State = Literal["delayed", "blocked", "ready", "claimed", "suspended", "expired"]

# Held by whoever counts the runs of a concurrency key. Runs without keys never wait for it.
_KEYED_LOCK = 0x6B65_7973


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this worker, and nobody else, is to execute. `delivery` is 1 the first time that it is handed out.

    If it is `canceled`, it is not to be executed but to be ended.
    """

    run_id: str
    task: str
    delivery: int
    canceled: bool = False


class Entry(TypedDict):
    """A run's row, as `enqueue` takes it."""

    task: str
    queue: str
    priority: int
    concurrency: Mapping[str, int]
    due_at: datetime | None
    expires_at: datetime | None


def enqueue(
    run_id: str,
    task: str,
    *,
    queue: str = "default",
    priority: int = 0,
    concurrency: Mapping[str, int] | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> State:
    """Accept a run. Answers with its state: ready, blocked (a concurrency key is taken) or delayed (until `due_at`).

    `concurrency` gives for each key how many of its runs may be active at once. Accepting a run twice is accepting it
    once.
    """
    keys = dict(concurrency or {})
    row = {
        "run_id": run_id,
        "task": task,
        "queue": queue,
        "priority": priority,
        "keys": list(keys),
        "limits": list(keys.values()),
        "due_at": due_at,
        "expires_at": expires_at,
    }
    with transaction() as connection:
        if keys:
            _lock_keys(connection)
        state = connection.scalar(text(statements.ENQUEUE), row)
        if state is None:
            return _state(connection, run_id)
        if state == "blocked" and run_id in _admit(connection, list(keys)):
            state = "ready"
        _notify(connection, READY_CHANNEL if state == "ready" else SUPERVISOR_CHANNEL, queue)
        return state


def enqueue_claimed(run_id: str, task: str, worker: str, *, queue: str) -> None:
    """Accept a run that this worker executes already. `queue` says who gets it when the worker is lost."""
    row = {"run_id": run_id, "task": task, "worker": worker, "queue": queue}
    with transaction() as connection:
        connection.execute(text(statements.ENQUEUE_CLAIMED), row)


def claim(worker: str, queues: Sequence[str]) -> Claim | None:
    """Take the first ready run of these queues, by priority and then by arrival. The delivery counts from here on."""
    with transaction() as connection:
        row = connection.execute(text(statements.CLAIM), {"worker": worker, "queues": list(queues)}).one_or_none()
    return None if row is None else Claim(*row)


def heartbeat(run_id: str, worker: str) -> Heard:
    """Say that the worker lives, and hear whether the run is to go on, was cancelled, or is no longer this worker's."""
    with transaction() as connection:
        row = {"run_id": run_id, "worker": worker}
        canceled = connection.execute(text(statements.HEARTBEAT), row).scalar_one_or_none()
    return "lost" if canceled is None else "canceled" if canceled else "go on"


@repeated
def set_deadline(run_id: str, worker: str, seconds: float | None) -> None:
    """The worker's attempt must have ended in so many seconds; None: it has ended. Nothing, when another has the run.

    So an attempt that everybody took for lost cannot lift the limit of its successor.
    """
    with transaction() as connection:
        connection.execute(text(statements.SET_DEADLINE), {"run_id": run_id, "worker": worker, "seconds": seconds})


@repeated
def release(run_id: str) -> None:
    """The run has ended: forget it, and let in who waited for its concurrency keys."""
    with transaction() as connection:
        if connection.scalar(text("SELECT cardinality(concurrency_keys) FROM buster.run_queue WHERE run_id = :id"),
                             {"id": run_id}):  # fmt: skip
            _lock_keys(connection)
        keys = connection.scalar(
            text("DELETE FROM buster.run_queue WHERE run_id = :id RETURNING concurrency_keys"), {"id": run_id}
        )
        if keys:
            _admit(connection, keys)


def give_back(run_id: str, worker: str, *, seen: datetime | None = None) -> bool:
    """Make a run ready again whose worker is gone. False when it was no longer that worker's. Its keys stay taken.

    `seen` is the heartbeat by which the worker was judged: one that has beaten since keeps its run.
    """
    return _give_back(statements.GIVE_BACK, run_id, worker, seen)


def give_back_overdue(run_id: str, worker: str, *, seen: datetime | None = None) -> bool:
    """`give_back` of a run that the watchdog has ended: how often that may happen is for its attempts to say."""
    return _give_back(statements.GIVE_BACK_OVERDUE, run_id, worker, seen)


def suspend(run_id: str, worker: str, seconds: float) -> bool:
    """The run waits and needs no worker until then. False when it was no longer that worker's. Its keys stay taken.

    Having been executed so far, it is in good health: deliveries count afresh, and it does not expire any more. One
    that was cancelled meanwhile waits for nothing but a worker that ends it.
    """
    with transaction() as connection:
        given = {"run_id": run_id, "worker": worker, "seconds": seconds}
        row = connection.execute(text(statements.SUSPEND), given).one_or_none()
        if row is None:
            return False
        _notify(connection, READY_CHANNEL if row.state == "ready" else SUPERVISOR_CHANNEL, row.queue)
        return True


def give_back_all(worker: str) -> None:
    """Make ready again what the worker has claimed without getting to know it: PostgreSQL's answer was lost."""
    with transaction() as connection:
        for queue in sorted(set(connection.scalars(text(statements.GIVE_BACK_ALL), {"worker": worker}))):
            _notify(connection, READY_CHANNEL, queue)


def cancel(run_id: str) -> bool:
    """Ask for an end. True when the run was not claimed and is forgotten now; else its worker has to be stopped."""
    with transaction() as connection:
        _lock_keys(connection)
        keys = connection.scalar(text(statements.CANCEL_WAITING), {"run_id": run_id})
        if keys is not None:
            _admit(connection, keys)
            return True
        asked = connection.execute(text(statements.CANCEL_CLAIMED), {"run_id": run_id}).rowcount == 1
        _notify(connection, SUPERVISOR_CHANNEL, "cancel")
        return not asked


def promote_due() -> int:
    """Make delayed runs ready, or blocked, whose time has come. Answers with their number."""
    with transaction() as connection:
        if not connection.scalar(text(statements.ANY_DUE)):
            return 0
        _lock_keys(connection)
        due = connection.execute(text(statements.PROMOTE)).all()
        _admit(connection, sorted({key for row in due for key in row.concurrency_keys}))
        for queue in sorted({row.queue for row in due if row.state == "ready"}):
            _notify(connection, READY_CHANNEL, queue)
        return len(due)


def expire() -> list[str]:
    """Take runs out that could not start in time; their ids are given again until they are released."""
    with transaction() as connection:
        if not connection.scalar(text(statements.ANY_EXPIRED)):
            return []
        return list(connection.scalars(text(statements.EXPIRE)))


@dataclass(frozen=True, slots=True)
class Watch:
    """A claimed run, as its supervisor sees it.

    `silent` is the number of seconds since its worker's last heartbeat, `late` since the deadline of its attempt;
    below 0 there is time left, and None means that it has no deadline. `now` is PostgreSQL's clock, in seconds,
    and `heartbeat_at` is what `silent` was counted from.
    """

    run_id: str
    worker: str
    silent: float
    late: float | None
    cancel_requested: bool
    now: float
    heartbeat_at: datetime


def claimed() -> list[Watch]:
    """Every run that a worker has claimed."""
    with transaction() as connection:
        return [Watch(*row) for row in connection.execute(text(statements.CLAIMED))]


def is_queued(run_id: str) -> bool:
    """Whether the run is accepted and not finished."""
    with transaction() as connection:
        return connection.scalar(text("SELECT true FROM buster.run_queue WHERE run_id = :id"), {"id": run_id}) is True


def seconds_to_next() -> float | None:
    """How long until a delayed run is due, a waiting one expires or a deadline passes; None when none will."""
    with transaction() as connection:
        return connection.scalar(text(statements.SECONDS_TO_NEXT))


def _give_back(statement: str, run_id: str, worker: str, seen: datetime | None) -> bool:
    with transaction() as connection:
        queue = connection.scalar(text(statement), {"run_id": run_id, "worker": worker, "seen": seen})
        if queue is not None:
            _notify(connection, READY_CHANNEL, queue)
        return queue is not None


def _lock_keys(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _KEYED_LOCK})


def _admit(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Make blocked runs ready, in order of arrival, as far as all their keys have room. Needs the lock."""
    if not keys:
        return set()
    admitted = connection.execute(text(statements.ADMIT), {"keys": list(keys)}).all()
    for queue in sorted({row.queue for row in admitted}):
        _notify(connection, READY_CHANNEL, queue)
    return {row.run_id for row in admitted}


def _notify(connection: Connection, channel: str, payload: str) -> None:
    connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": channel, "payload": payload})


def _state(connection: Connection, run_id: str) -> State:
    return connection.scalar(text("SELECT state FROM buster.run_queue WHERE run_id = :id"), {"id": run_id})
