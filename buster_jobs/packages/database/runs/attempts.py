"""The attempts of a run, stored in its job record: when each began, how it ended, and which one may still write.

Each attempt that begins increments the record's fence, so that later writes of earlier attempts are refused.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from buster_jobs.packages.database.runs.job_models import JobRow
from buster_jobs.packages.database.runs.job_values import Job, job_of
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import storable_json, storable_text

_LONGEST_ERROR = 2_000


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that may execute now. `fence` is 1 for the first of a run; `number` counts the step's own attempts.

    `resumed` says that it continues after a wait without a worker; `killed` that it was ended by force, and that its
    outcome has yet to be decided.
    """

    job_id: UUID
    number: int
    fence: int
    resumed: bool = False
    killed: bool = False


def begin_attempt(*, run_id: str, task: str, step: str, payload: Mapping[str, Any]) -> Begun | Job:
    """Record the begin of an attempt, opening the job record if there is none. Returns the record if it is final.

    An earlier attempt without an end is recorded as crashed: a run has one attempt at a time, so its worker is gone.
    """
    given = {
        "run_id": run_id,
        "task": task,
        "step": step,
        "payload": json.dumps(storable_json(payload)),
        **references(payload),
    }
    with session() as opened:
        row = opened.execute(text(_BEGIN), given).one_or_none()
        if row is not None:
            return Begun(row.id, row.number, row.fence, row.resumed, row.killed)
        return job_of(opened.scalars(select(JobRow).where(JobRow.run_id == run_id)).one())


def end_attempt(begun: Begun, *, error_code: str | None = None, error: str | None = None) -> bool:
    """Record how an attempt ended after which the run goes on. False if the attempt may no longer write."""
    given = {"job_id": begun.job_id, "fence": begun.fence, **ending(error_code, error)}
    with session() as opened:
        return opened.execute(text(_END), given).first() is not None


def pause_attempt(begun: Begun) -> None:
    """Record that the attempt waits without a worker. The next begin of its step resumes it."""
    with session() as opened:
        opened.execute(text(_PAUSE), {"job_id": begun.job_id, "fence": begun.fence})


def done_steps(run_id: str) -> set[str]:
    """The steps of a run that have succeeded."""
    with session() as opened:
        log = opened.scalar(select(JobRow.attempt_log).where(JobRow.run_id == run_id)) or []
    return {entry["step"] for entry in log if "finished_at" in entry and "error_code" not in entry}


def end_by_force(run_id: str, *, worker: str, error_code: str, error: str, seen: datetime | None = None) -> None:
    """Record that the present attempt was ended from outside. The run's next worker decides its outcome.

    Does nothing if the run belongs to another worker than `worker` by now, or if the worker has sent a heartbeat since
    `seen`.
    """
    with session() as opened:
        opened.execute(
            text(_END_BY_FORCE), {"run_id": run_id, "worker": worker, "seen": seen, **ending(error_code, error)}
        )


def is_under_way(run_id: str) -> bool:
    """Whether an attempt of the run is executing: begun, and neither ended nor paused."""
    with session() as opened:
        return opened.scalar(text(_UNDER_WAY), {"run_id": run_id}) is True


def add_hook_error(job_id: UUID, message: str) -> None:
    """Record that a hook failed. It changes no outcome, so it is possible at any time."""
    with session() as opened:
        opened.execute(text(_HOOK_ERROR), {"job_id": job_id, "message": json.dumps([storable_text(message)])})


def ending(error_code: str | None, error: str | None) -> dict[str, str | None]:
    """The parameters of `END_LAST`."""
    short = None if error is None else storable_text(error)[:_LONGEST_ERROR]
    return {"attempt_code": error_code, "attempt_error": short}


def references(payload: Mapping[str, Any]) -> dict[str, UUID | None]:
    """The parameters of `ORGANIZATION`: the ids in a payload that lead to an organization.

    The partition key of an asset may be either kind of id; the query finds only the right one.
    """
    key = payload.get("partition_key")
    named = {"organization_id": key, "chat_id": None, "data_source_id": key}
    return {name: _uuid(payload.get(name, default)) for name, default in named.items()}


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


ORGANIZATION = """coalesce(
    (SELECT id FROM buster.organizations WHERE id = CAST(:organization_id AS uuid)),
    (SELECT organization_id FROM buster.chats WHERE id = CAST(:chat_id AS uuid)),
    (SELECT organization_id FROM buster.data_sources WHERE id = CAST(:data_source_id AS uuid)))"""
"""SQL: the organization of a payload, by the ids in it."""


_JUDGED = "CASE WHEN j.attempt_log -> -1 ? 'killed' THEN j.attempt_log #- '{-1,killed}' ELSE j.attempt_log END"


def _ended(code: str, error: str) -> str:
    end = f"'finished_at', clock_timestamp(), 'error_code', {code}, 'error', {error}"
    return f"""CASE WHEN j.attempt_log -> -1 IS NULL OR j.attempt_log -> -1 ? 'finished_at' THEN {_JUDGED}
        ELSE jsonb_set(j.attempt_log, '{{-1}}',
            ((j.attempt_log -> -1) - 'paused') || jsonb_strip_nulls(jsonb_build_object({end}))) END"""


END_LAST = _ended("CAST(:attempt_code AS text)", "CAST(:attempt_error AS text)")
"""SQL: the attempt log of `j`, with the end of its last attempt."""


def _last_is(mark: str) -> str:
    wanted = f"jsonb_build_object('{mark}', true, 'step', CAST(:step AS text))"
    return f"coalesce(j.attempt_log -> -1 @> {wanted}, false)"


_BEGIN = f"""
INSERT INTO buster.jobs AS j
    (type, run_id, status, metadata, organization_id, started_at, attempts, fence, attempt_log)
VALUES (:task, :run_id, 'running', CAST(:payload AS jsonb), {ORGANIZATION}, clock_timestamp(), 1, 1,
    jsonb_build_array(jsonb_build_object(
        'step', CAST(:step AS text), 'number', 1, 'started_at', clock_timestamp())))
ON CONFLICT (run_id) DO UPDATE SET (status, error, error_code, fence, attempts, attempt_log, started_at, updated_at) = (
    SELECT 'running', NULL, NULL, j.fence + 1, greatest(j.attempts, made.number),
        CASE WHEN made.resumed
            THEN jsonb_set(j.attempt_log, '{{-1}}', (j.attempt_log -> -1) - 'paused' || '{{"resumed": true}}')
            WHEN made.killed THEN j.attempt_log
            ELSE {_ended("'CRASH'", "'Its worker was lost.'")} || jsonb_build_object(
                'step', CAST(:step AS text), 'number', made.number, 'started_at', clock_timestamp()) END,
        coalesce(j.started_at, clock_timestamp()), clock_timestamp()
    FROM (SELECT resumed, killed, count(entry) + (CASE WHEN resumed OR killed THEN 0 ELSE 1 END) AS number
          FROM (SELECT {_last_is("paused")}, {_last_is("killed")}) AS last (resumed, killed)
          LEFT JOIN jsonb_array_elements(j.attempt_log) AS entry ON entry ->> 'step' = CAST(:step AS text)
          GROUP BY resumed, killed) AS made)
WHERE j.finished_at IS NULL
RETURNING id, fence, CAST(attempt_log -> -1 ->> 'number' AS integer) AS number,
    attempt_log -> -1 ? 'resumed' AS resumed, attempt_log -> -1 ? 'killed' AS killed
"""  # noqa: S608 - constants

_IS_UNDER_WAY = """jsonb_array_length(j.attempt_log) > 0
    AND NOT j.attempt_log -> -1 ? 'finished_at' AND NOT j.attempt_log -> -1 ? 'paused'"""

_PAUSE = """
UPDATE buster.jobs SET attempt_log = jsonb_set(attempt_log, '{-1,paused}', 'true') WHERE id = :job_id AND fence = :fence
"""

_END = f"""
UPDATE buster.jobs j SET attempt_log = {END_LAST}, updated_at = clock_timestamp()
WHERE id = :job_id AND fence = :fence AND finished_at IS NULL RETURNING id
"""  # noqa: S608 - constants

_END_BY_FORCE = f"""
UPDATE buster.jobs j SET fence = fence + 1, updated_at = clock_timestamp(),
    attempt_log = jsonb_set({END_LAST}, '{{-1,killed}}', 'true')
WHERE run_id = :run_id AND finished_at IS NULL AND {_IS_UNDER_WAY}
    AND EXISTS (SELECT FROM buster.run_queue q WHERE q.run_id = j.run_id AND q.worker = :worker
        AND q.heartbeat_at = coalesce(CAST(:seen AS timestamptz), q.heartbeat_at))
"""  # noqa: S608 - constants

_UNDER_WAY = f"SELECT {_IS_UNDER_WAY} FROM buster.jobs j WHERE run_id = :run_id"  # noqa: S608 - a constant

_HOOK_ERROR = "UPDATE buster.jobs SET hook_errors = hook_errors || CAST(:message AS jsonb) WHERE id = :job_id"
