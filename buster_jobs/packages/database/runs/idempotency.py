"""Idempotency keys: the run that holds a key of a task. The caller decides when a key may be taken over.

Every function is one short transaction, and uses PostgreSQL's clock.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from buster_jobs.packages.database.server.engine import get_engine

DEFAULT_TTL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """A run's claim to `key` of `task` for `ttl`. `trigger_id` identifies the client's call."""

    task: str
    key: str
    run_id: str
    payload_hash: str
    ttl: timedelta = DEFAULT_TTL
    trigger_id: str | None = None


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The run that holds a key, and the hash of the payload that it was triggered with."""

    run_id: str
    payload_hash: str
    trigger_id: str | None


def payload_hash(payload: object) -> str:
    """A hash that is equal for equal JSON values, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def claim_key(claim: KeyClaim, *, take_over: Callable[[KeyHolder], bool] = lambda _holder: False) -> KeyHolder:
    """The key's holder: the claiming run, if the key was free or had expired, or if `take_over` says so.

    `take_over` is asked of another holder, outside of any transaction; what it raises goes through.
    """
    while (holder := _claimed(claim)).run_id != claim.run_id and take_over(holder):
        take_over_key(claim, holder=holder.run_id)
    return holder


def _claimed(claim: KeyClaim) -> KeyHolder:
    while True:
        with get_engine().begin() as connection:
            row = connection.execute(text(_CLAIM), _values(claim)).one_or_none()
            if row is None:
                row = connection.execute(text(_HOLDER), _values(claim)).one_or_none()
        if row is not None:  # else the key expired between the two statements
            return KeyHolder(*row)


def take_over_key(claim: KeyClaim, *, holder: str) -> bool:
    """Replace `holder` by the claiming run. Of several callers at once, one gets True."""
    with get_engine().begin() as connection:
        return connection.execute(text(_TAKE_OVER), _values(claim) | {"holder": holder}).rowcount == 1


def forget_expired_keys() -> int:
    """Delete expired keys. Returns their number."""
    with get_engine().begin() as connection:
        return connection.execute(text(_FORGET)).rowcount


def _values(claim: KeyClaim) -> dict[str, object]:
    return {
        "task": claim.task,
        "key": claim.key,
        "run_id": claim.run_id,
        "payload_hash": claim.payload_hash,
        "ttl": claim.ttl,
        "trigger_id": claim.trigger_id,
    }


_CLAIM = """
INSERT INTO buster.idempotency_keys AS held (task, key, run_id, payload_hash, trigger_id, expires_at)
VALUES (:task, :key, :run_id, :payload_hash, :trigger_id, clock_timestamp() + CAST(:ttl AS interval))
ON CONFLICT (task, key) DO UPDATE
SET run_id = excluded.run_id, payload_hash = excluded.payload_hash, trigger_id = excluded.trigger_id,
    expires_at = excluded.expires_at
WHERE held.expires_at <= clock_timestamp()
RETURNING run_id, payload_hash, trigger_id
"""

_HOLDER = """
SELECT run_id, payload_hash, trigger_id FROM buster.idempotency_keys WHERE task = :task AND key = :key
"""

_TAKE_OVER = """
UPDATE buster.idempotency_keys
SET run_id = :run_id, payload_hash = :payload_hash, trigger_id = :trigger_id,
    expires_at = clock_timestamp() + CAST(:ttl AS interval)
WHERE task = :task AND key = :key AND run_id = :holder
"""

_FORGET = "DELETE FROM buster.idempotency_keys WHERE expires_at <= clock_timestamp()"
