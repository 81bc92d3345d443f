"""The run queue: accepted, unfinished runs, the order in which they start, and the workers that execute them.

Every function is one short transaction, and uses PostgreSQL's clock.
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
"""The PostgreSQL channel that is notified, with the queue's name, when a run becomes ready."""
SUPERVISOR_CHANNEL = "buster_run_keeper"  # the name that processes of earlier versions listen to
"""The PostgreSQL channel that is notified when a supervisor has to act sooner than planned."""

Heard = Literal["go on", "canceled", "lost"]
State = Literal["delayed", "blocked", "ready", "claimed", "suspended", "expired"]

# The lock for counting the runs of concurrency keys. Runs without keys never wait for it.
_KEYED_LOCK = 0x6B65_7973


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this worker alone may execute. `delivery` counts from 1 how often it was handed out.

    The worker ends a `canceled` run instead of executing it.
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
    """Accept a run. Returns its state: ready, blocked (a concurrency key is taken) or delayed (until `due_at`).

    `concurrency` has the number of runs that may be active at once, by key. The function is idempotent.
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
    """Accept a run that this worker executes already. If the worker is lost, workers of `queue` get the run."""
    row = {"run_id": run_id, "task": task, "worker": worker, "queue": queue}
    with transaction() as connection:
        connection.execute(text(statements.ENQUEUE_CLAIMED), row)


def claim(worker: str, queues: Sequence[str]) -> Claim | None:
    """Claim the first ready run of these queues, by priority and then by arrival. The delivery counts from here on."""
    with transaction() as connection:
        row = connection.execute(text(statements.CLAIM), {"worker": worker, "queues": list(queues)}).one_or_none()
    return None if row is None else Claim(*row)


def heartbeat(run_id: str, worker: str) -> Heard:
    """Record a heartbeat of the worker. Returns whether the run goes on, was canceled, or belongs to another worker."""
    with transaction() as connection:
        row = {"run_id": run_id, "worker": worker}
        canceled = connection.execute(text(statements.HEARTBEAT), row).scalar_one_or_none()
    return "lost" if canceled is None else "canceled" if canceled else "go on"


@repeated
def set_deadline(run_id: str, worker: str, seconds: float | None) -> None:
    """Set the deadline of the worker's attempt, in seconds from now; None means that the attempt has ended.

    Does nothing if the run belongs to another worker: an attempt that was given up must not lift its successor's limit.
    """
    with transaction() as connection:
        connection.execute(text(statements.SET_DEADLINE), {"run_id": run_id, "worker": worker, "seconds": seconds})


@repeated
def release(run_id: str) -> None:
    """Remove a run that has ended, and make runs ready that waited for its concurrency keys."""
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
    """Make a run ready again whose worker is lost. False if it belongs to another worker. Its keys stay taken.

    `seen` is the last heartbeat that the caller knows: a worker with a newer one keeps its run.
    """
    return _give_back(statements.GIVE_BACK, run_id, worker, seen)


def give_back_overdue(run_id: str, worker: str, *, seen: datetime | None = None) -> bool:
    """`give_back` for a run that the watchdog has ended: its attempts are limited, and its deliveries are not."""
    return _give_back(statements.GIVE_BACK_OVERDUE, run_id, worker, seen)


def suspend(run_id: str, worker: str, seconds: float) -> bool:
    """Suspend a run that waits without a worker. False if it belongs to another worker. Its keys stay taken.

    A run that came this far is healthy: its deliveries are counted from 0 again, and it no longer expires. A run that
    was canceled meanwhile becomes ready at once, for a worker to end it.
    """
    with transaction() as connection:
        given = {"run_id": run_id, "worker": worker, "seconds": seconds}
        row = connection.execute(text(statements.SUSPEND), given).one_or_none()
        if row is None:
            return False
        _notify(connection, READY_CHANNEL if row.state == "ready" else SUPERVISOR_CHANNEL, row.queue)
        return True


def give_back_all(worker: str) -> None:
    """Make ready again the runs that the worker has claimed without learning of it: PostgreSQL's answer was lost."""
    with transaction() as connection:
        for queue in sorted(set(connection.scalars(text(statements.GIVE_BACK_ALL), {"worker": worker}))):
            _notify(connection, READY_CHANNEL, queue)


def cancel(run_id: str) -> bool:
    """Cancel a run. True if it was unclaimed, and is removed; else its worker has to end it."""
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
    """Make delayed runs that are due ready, or blocked. Returns their number."""
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
    """Expire runs that could not start in time. Returns their ids, again and again until they are released."""
    with transaction() as connection:
        if not connection.scalar(text(statements.ANY_EXPIRED)):
            return []
        return list(connection.scalars(text(statements.EXPIRE)))


@dataclass(frozen=True, slots=True)
class Watch:
    """A claimed run, for its supervisor.

    `silent` is the number of seconds since its worker's last heartbeat, at `heartbeat_at`; `late` since the deadline of
    its attempt: negative before the deadline, None without one. `now` is PostgreSQL's clock, in seconds.
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
    """Whether the run is accepted and unfinished."""
    with transaction() as connection:
        return connection.scalar(text("SELECT true FROM buster.run_queue WHERE run_id = :id"), {"id": run_id}) is True


def seconds_to_next() -> float | None:
    """Seconds until the next delayed run is due, waiting run expires, or deadline passes; None if there is none."""
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
