"""The SQL of the run queue. run_queue.py executes it."""

ENQUEUE = """
INSERT INTO buster.run_queue
    (run_id, task, queue, priority, concurrency_keys, concurrency_limits, due_at, expires_at, state)
VALUES (:run_id, :task, :queue, :priority, CAST(:keys AS text[]), CAST(:limits AS integer[]),
    CAST(:due_at AS timestamptz), CAST(:expires_at AS timestamptz),
    CASE WHEN CAST(:due_at AS timestamptz) > clock_timestamp() THEN 'delayed'
         WHEN cardinality(CAST(:keys AS text[])) > 0 THEN 'blocked' ELSE 'ready' END)
ON CONFLICT (run_id) DO NOTHING
RETURNING state
"""

ENQUEUE_CLAIMED = """
INSERT INTO buster.run_queue (run_id, task, queue, state, worker, deliveries, heartbeat_at)
VALUES (:run_id, :task, :queue, 'claimed', :worker, 1, clock_timestamp())
"""

CLAIM = """
UPDATE buster.run_queue
SET state = 'claimed', worker = :worker, deliveries = deliveries + 1, heartbeat_at = clock_timestamp()
WHERE run_id = (
    SELECT run_id FROM buster.run_queue
    WHERE state = 'ready' AND queue = ANY (CAST(:queues AS text[]))
      AND (expires_at IS NULL OR deliveries > 0 OR expires_at > clock_timestamp())
    ORDER BY priority DESC, sequence LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING run_id, task, deliveries, cancel_requested_at IS NOT NULL
"""

HEARTBEAT = """
UPDATE buster.run_queue SET heartbeat_at = clock_timestamp() WHERE run_id = :run_id AND worker = :worker
RETURNING cancel_requested_at IS NOT NULL
"""

SET_DEADLINE = """
UPDATE buster.run_queue
SET deadline_at = clock_timestamp() + make_interval(secs => CAST(:seconds AS double precision))
WHERE run_id = :run_id AND worker = :worker
"""

_STILL_SILENT = """run_id = :run_id AND worker = :worker
    AND heartbeat_at = coalesce(CAST(:seen AS timestamptz), heartbeat_at)"""

GIVE_BACK = f"""
UPDATE buster.run_queue SET state = 'ready', worker = NULL, deadline_at = NULL
WHERE {_STILL_SILENT} RETURNING queue
"""  # noqa: S608 - a constant

# One delivery stays, which says that the run has begun.
GIVE_BACK_OVERDUE = f"""
UPDATE buster.run_queue SET state = 'ready', worker = NULL, deadline_at = NULL, deliveries = 1
WHERE {_STILL_SILENT} RETURNING queue
"""  # noqa: S608 - a constant

GIVE_BACK_ALL = """
UPDATE buster.run_queue SET state = 'ready', worker = NULL, deadline_at = NULL, deliveries = deliveries - 1
WHERE worker = :worker RETURNING queue
"""

SUSPEND = """
UPDATE buster.run_queue
SET state = CASE WHEN cancel_requested_at IS NULL THEN 'suspended' ELSE 'ready' END,
    worker = NULL, deliveries = 0, expires_at = NULL, deadline_at = NULL,
    due_at = clock_timestamp() + make_interval(secs => :seconds)
WHERE run_id = :run_id AND worker = :worker
RETURNING state, queue
"""

CANCEL_WAITING = """
DELETE FROM buster.run_queue
WHERE run_id = :run_id AND state IN ('delayed', 'blocked', 'ready', 'suspended') RETURNING concurrency_keys
"""

CANCEL_CLAIMED = """
UPDATE buster.run_queue SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
WHERE run_id = :run_id AND state = 'claimed'
"""

# Not clock_timestamp(), which no index can be searched for: it may change with each row.
_DUE = "state IN ('delayed', 'suspended') AND due_at <= statement_timestamp()"

ANY_DUE = f"SELECT EXISTS (SELECT FROM buster.run_queue WHERE {_DUE})"  # noqa: S608 - a constant

# A delayed run arrives, as its concurrency keys see it, when it is due. A suspended one has had its keys all along.
PROMOTE = f"""
UPDATE buster.run_queue q
SET state = CASE WHEN state = 'delayed' AND cardinality(concurrency_keys) > 0 THEN 'blocked' ELSE 'ready' END,
    sequence = due.sequence
FROM (SELECT run_id, nextval('buster.run_queue_sequence_seq') AS sequence
      FROM (SELECT run_id FROM buster.run_queue WHERE {_DUE} ORDER BY due_at FOR UPDATE) ordered) due
WHERE q.run_id = due.run_id
RETURNING q.queue, q.state, q.concurrency_keys
"""  # noqa: S608 - a constant

_WAITING_TOO_LONG = """
state IN ('delayed', 'blocked', 'ready') AND deliveries = 0 AND expires_at <= statement_timestamp()
"""

# Two questions, because PostgreSQL reads the whole table for an OR.
ANY_EXPIRED = f"""
SELECT EXISTS (SELECT FROM buster.run_queue WHERE {_WAITING_TOO_LONG})
    OR EXISTS (SELECT FROM buster.run_queue WHERE state = 'expired')
"""  # noqa: S608 - a constant

EXPIRE = f"""
UPDATE buster.run_queue SET state = 'expired' WHERE {_WAITING_TOO_LONG} OR state = 'expired' RETURNING run_id
"""  # noqa: S608 - constants

CLAIMED = """
WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now)
SELECT run_id, worker, CAST(EXTRACT(epoch FROM now - heartbeat_at) AS double precision),
    CAST(EXTRACT(epoch FROM now - deadline_at) AS double precision), cancel_requested_at IS NOT NULL,
    CAST(EXTRACT(epoch FROM now) AS double precision), heartbeat_at
FROM buster.run_queue, clock WHERE state = 'claimed' ORDER BY sequence
"""

SECONDS_TO_NEXT = """
SELECT CAST(EXTRACT(epoch FROM least(
    (SELECT min(due_at) FROM buster.run_queue WHERE state IN ('delayed', 'suspended')),
    (SELECT min(deadline_at) FROM buster.run_queue WHERE state = 'claimed'),
    (SELECT min(expires_at) FROM buster.run_queue WHERE state IN ('delayed', 'blocked', 'ready') AND deliveries = 0)
) - clock_timestamp()) AS double precision)
"""

# A blocked run may start when, for each of its keys, the active runs and the blocked ones that came earlier leave room.
ADMIT = """
WITH touched AS (
    SELECT array_agg(DISTINCT key) AS keys
    FROM buster.run_queue, unnest(concurrency_keys) AS key
    WHERE state = 'blocked' AND concurrency_keys && CAST(:keys AS text[])
), active AS (
    SELECT key, count(*) AS runs
    FROM buster.run_queue, unnest(concurrency_keys) AS key
    WHERE state IN ('ready', 'claimed', 'suspended') AND concurrency_keys && (SELECT keys FROM touched) GROUP BY key
), waiting AS (
    SELECT q.run_id, k.key, k.slots, row_number() OVER (PARTITION BY k.key ORDER BY q.sequence) AS place
    FROM buster.run_queue q, unnest(q.concurrency_keys, q.concurrency_limits) AS k (key, slots)
    WHERE q.state = 'blocked' AND q.concurrency_keys && (SELECT keys FROM touched)
), admitted AS (
    SELECT run_id FROM waiting LEFT JOIN active USING (key)
    GROUP BY run_id HAVING bool_and(coalesce(runs, 0) + place <= slots)
)
UPDATE buster.run_queue q SET state = 'ready' FROM admitted WHERE q.run_id = admitted.run_id RETURNING q.run_id, q.queue
"""
