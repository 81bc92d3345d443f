"""A run as an app sees it, read from what Dagster keeps of it: status, tags, and the events that tell its outcome.

Job records are in our database, which apps do not reach. What a record says, the run's events say too.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from buster_jobs.client.errors import ReplayRefused, RunNotFound, WebserverError
from buster_jobs.client.values import Run, Status
from buster_jobs.packages import run_tags

FINAL = ("SUCCESS", "FAILURE", "CANCELED")
"""Dagster's own statuses of a run that has ended."""

_STATUSES: dict[str, Status] = {
    "STARTED": "running",
    "CANCELING": "canceling",
    "SUCCESS": "completed",
    "FAILURE": "failed",
    "CANCELED": "canceled",
}
_OUTCOMES: dict[str, Status] = {"rejected": "rejected", "expired": "expired", "refused": "refused"}

REPLAY_TASK = "replay_dead_letters"

Answer = Mapping[str, Any]


@dataclass
class _Told:
    """What the events have told so far."""

    result: Any = None
    error: str | None = None
    error_code: str | None = None
    attempts: int = 0


def run_from(answer: Answer, events: Iterable[Answer]) -> Run:
    """The run, from GraphQL's `Run` and all of its events."""
    tags = {tag["key"]: tag["value"] for tag in answer["tags"]}
    told = _Told()
    for event in events:
        _hear(event, told)
    status = _status(answer["status"], tags)
    if status == "rejected":
        told.error, told.error_code = tags.get(run_tags.ERROR), tags.get(run_tags.ERROR_CODE)
        told.result = {"success": False, "error": told.error, "code": told.error_code}
    elif status != "completed":
        told.result = None
    if status not in ("failed", "expired", "refused", "canceled", "rejected"):
        told.error = told.error_code = None
    return Run(
        run_id=answer["runId"],
        task=answer["jobName"],
        status=status,
        result=told.result,
        error=told.error,
        error_code=told.error_code or (status.upper() if status in ("expired", "canceled", "refused") else None),
        attempts=told.attempts,
        created_at=datetime.fromtimestamp(answer["creationTime"], UTC),
        started_at=_moment(answer["startTime"]),
        finished_at=_moment(answer["endTime"]),
    )


def replay_from(done: Run, id: str) -> str:
    """From a run of `REPLAY_TASK`, the id of the run that replays the dead letter `id`.

    Raises `RunNotFound`, `ReplayRefused` or `WebserverError`.
    """
    if not done.success:
        raise WebserverError(f"The replay of {id} could not be made: see run {done.run_id}.")
    for run_id in (*done.result["run_ids"], *done.result["replayed_before"]):
        return run_id
    for sentence in done.result["refused"].values():
        raise ReplayRefused(sentence)
    raise RunNotFound(f"There is no dead letter {id}, or it was discarded: only what failed for good can be replayed.")


def _status(dagsters: str, tags: Mapping[str, str]) -> Status:
    status = _STATUSES.get(dagsters, "waiting")
    if dagsters in ("SUCCESS", "FAILURE"):
        return _OUTCOMES.get(tags.get(run_tags.OUTCOME, ""), status)
    return status


def _hear(event: Answer, told: _Told) -> None:
    match event["__typename"]:
        case "ExecutionStepOutputEvent":
            entries = _entries(event["metadataEntries"])
            told.attempts = max(told.attempts, entries.get("attempts", 0))
            told.result = entries["value"][0] if "value" in entries else entries.get("result")
        case "ExecutionStepFailureEvent" if event["failureMetadata"]:
            entries = _entries(event["failureMetadata"]["metadataEntries"])
            told.attempts = max(told.attempts, entries.get("attempts", 0))
            told.error_code = entries.get("code")
            told.error = event["failureMetadata"]["description"].removeprefix(f"{told.error_code}: ")
        case "RunFailureEvent" | "RunCanceledEvent" if told.error is None:
            told.error = event["message"]
        case _:
            pass


def _entries(entries: Iterable[Answer]) -> dict[str, Any]:
    return {entry["label"]: _value(entry) for entry in entries}


def _value(entry: Answer) -> Any:
    if "jsonString" in entry:
        return json.loads(entry["jsonString"])
    return int(entry["intRepr"]) if "intRepr" in entry else entry.get("text")


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
