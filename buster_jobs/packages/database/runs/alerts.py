"""Alerts to operators: an outbox of alerts, the messages made of them, and each message's deliveries.

An alert is written in the transaction of its cause. packages/ops sends the messages.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import storable_json, storable_text

CHANNEL = "buster_ops_alert"
"""The PostgreSQL channel that is notified of a new alert."""
WINDOW_SECONDS = 60.0
"""After a message, further alerts of its kind wait for this long, and become one message."""
LEASE_SECONDS = 120.0
"""A delivery that was begun, and whose result was never recorded, is begun again after this long."""

_LOCK = 0x616C_6572_74
_EXAMPLES = 5
_RUN_IDS = 50


@dataclass(frozen=True, slots=True)
class NewAlert:
    """Alerts of one `kind` may share a message. An `urgent` one never waits. A run has at most one alert."""

    kind: str
    message: str
    run_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to send through a channel now. `attempt` counts from 1; all attempts have the same message id."""

    message_id: UUID
    channel: str
    attempt: int
    content: Mapping[str, Any]


def save_alert(alert: NewAlert) -> None:
    """Store an alert in a transaction of its own."""
    with session() as opened:
        insert_alert(opened.connection(), alert)


def insert_alert(connection: Connection, alert: NewAlert) -> None:
    """Store an alert in the caller's transaction."""
    given = {
        "kind": alert.kind,
        "run_id": alert.run_id,
        "message": storable_text(alert.message),
        "details": json.dumps(storable_json(alert.details)),
        "urgent": alert.urgent,
    }
    if connection.execute(text(_INSERT), given).first():
        connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def gather(channels: Sequence[str], *, window: float = WINDOW_SECONDS) -> int:
    """Make messages of the alerts that are due, to be delivered by `channels`. Returns the number of messages.

    The first alert of a kind becomes a message at once; those that follow within `window` seconds share one.
    """
    with session() as opened:
        connection = opened.connection()
        if not connection.scalar(text("SELECT EXISTS (SELECT FROM buster.ops_alerts WHERE message_id IS NULL)")):
            return 0
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        kinds = connection.execute(text(_TELLABLE), {"window": window}).all()
        for kind in kinds:
            given = {"kind": kind.kind, "content": json.dumps(_content(kind)), "ids": kind.ids}
            connection.execute(text(_MESSAGE), given | {"channels": list(channels)})
        return len(kinds)


def begin_deliveries(channel: str, *, limit: int = 20) -> list[Delivery]:
    """Claim the deliveries that are due. The caller records the result of each, or it becomes due again."""
    with session() as opened:
        rows = opened.execute(text(_BEGIN), {"channel": channel, "limit": limit, "lease": LEASE_SECONDS})
        return [Delivery(*row) for row in rows]


def delivered(delivery: Delivery) -> None:
    """Record that the delivery succeeded."""
    with session() as opened:
        opened.execute(text(_DELIVERED), _key(delivery))


def not_delivered(delivery: Delivery, *, error: str, again_after: float) -> None:
    """Record that the delivery failed, and is due again after `again_after` seconds."""
    with session() as opened:
        opened.execute(
            text(_NOT_DELIVERED), {"error": storable_text(error), "again_after": again_after, **_key(delivery)}
        )


def put_off(delivery: Delivery, *, again_after: float) -> None:
    """Record that the delivery was not tried, and is due again after `again_after` seconds."""
    with session() as opened:
        opened.execute(text(_PUT_OFF), {"again_after": again_after, **_key(delivery)})


def _key(delivery: Delivery) -> dict[str, Any]:
    return {"message_id": delivery.message_id, "channel": delivery.channel}


def _content(kind: Row[Any]) -> dict[str, Any]:
    return {
        "kind": kind.kind,
        "count": len(kind.ids),
        "urgent": kind.urgent,
        "messages": list(dict.fromkeys(kind.messages))[:_EXAMPLES],
        "run_ids": [run_id for run_id in kind.run_ids if run_id][:_RUN_IDS],
        "details": kind.details,
        "first_at": kind.first_at.isoformat(),
        "last_at": kind.last_at.isoformat(),
    }


_INSERT = """
INSERT INTO buster.ops_alerts (kind, run_id, message, details, urgent)
VALUES (:kind, :run_id, :message, CAST(:details AS jsonb), :urgent)
ON CONFLICT (run_id) DO NOTHING RETURNING id
"""

_TELLABLE = """
SELECT kind, array_agg(id ORDER BY id) AS ids, bool_or(urgent) AS urgent, array_agg(message ORDER BY id) AS messages,
    array_agg(run_id ORDER BY id) AS run_ids, min(created_at) AS first_at, max(created_at) AS last_at,
    (array_agg(details ORDER BY id))[1] AS details
FROM buster.ops_alerts a
WHERE message_id IS NULL
GROUP BY kind
HAVING bool_or(urgent) OR NOT EXISTS (
    SELECT FROM buster.ops_messages m
    WHERE m.kind = a.kind AND m.created_at > clock_timestamp() - make_interval(secs => :window))
ORDER BY min(id)
"""

_MESSAGE = """
WITH message AS (
    INSERT INTO buster.ops_messages (kind, content) VALUES (:kind, CAST(:content AS jsonb)) RETURNING id
), told AS (
    UPDATE buster.ops_alerts SET message_id = message.id FROM message WHERE ops_alerts.id = ANY (CAST(:ids AS bigint[]))
)
INSERT INTO buster.ops_deliveries (message_id, channel)
SELECT id, unnest(CAST(:channels AS text[])) FROM message
"""

_BEGIN = """
WITH due AS (
    SELECT message_id, channel FROM buster.ops_deliveries
    WHERE channel = :channel AND delivered_at IS NULL AND due_at <= clock_timestamp()
    ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED
)
UPDATE buster.ops_deliveries d
SET attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => :lease)
FROM due JOIN buster.ops_messages m ON m.id = due.message_id
WHERE d.message_id = due.message_id AND d.channel = due.channel
RETURNING d.message_id, d.channel, d.attempts, m.content
"""

_DELIVERED = """
UPDATE buster.ops_deliveries SET delivered_at = clock_timestamp(), error = NULL
WHERE message_id = :message_id AND channel = :channel
"""

_NOT_DELIVERED = """
UPDATE buster.ops_deliveries SET error = :error, due_at = clock_timestamp() + make_interval(secs => :again_after)
WHERE message_id = :message_id AND channel = :channel AND delivered_at IS NULL
"""

_PUT_OFF = """
UPDATE buster.ops_deliveries
SET attempts = attempts - 1, due_at = clock_timestamp() + make_interval(secs => :again_after)
WHERE message_id = :message_id AND channel = :channel AND delivered_at IS NULL
"""
