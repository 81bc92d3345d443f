"""A run as an app sees it, read from what Dagster records: its status, its tags, and the events that hold its outcome.

Apps cannot reach our database with its job records, so a run's events hold all that a record does.
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
class _Outcome:
    """What the events have said so far."""

    result: Any = None
    error: str | None = None
    error_code: str | None = None
    attempts: int = 0


def run_from(answer: Answer, events: Iterable[Answer]) -> Run:
    """The run, from GraphQL's `Run` and all of its events."""
    tags = {tag["key"]: tag["value"] for tag in answer["tags"]}
    outcome = _Outcome()
    for event in events:
        _read_event(event, outcome)
    status = _status(answer["status"], tags)
    if status == "rejected":
        outcome.error, outcome.error_code = tags.get(run_tags.ERROR), tags.get(run_tags.ERROR_CODE)
        outcome.result = {"success": False, "error": outcome.error, "code": outcome.error_code}
    elif status != "completed":
        outcome.result = None
    if status not in ("failed", "expired", "refused", "canceled", "rejected"):
        outcome.error = outcome.error_code = None
    return Run(
        run_id=answer["runId"],
        task=answer["jobName"],
        status=status,
        result=outcome.result,
        error=outcome.error,
        error_code=outcome.error_code or (status.upper() if status in ("expired", "canceled", "refused") else None),
        attempts=outcome.attempts,
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


def _status(dagster_status: str, tags: Mapping[str, str]) -> Status:
    status = _STATUSES.get(dagster_status, "waiting")
    if dagster_status in ("SUCCESS", "FAILURE"):
        return _OUTCOMES.get(tags.get(run_tags.OUTCOME, ""), status)
    return status


def _read_event(event: Answer, outcome: _Outcome) -> None:
    match event["__typename"]:
        case "ExecutionStepOutputEvent":
            entries = _entries(event["metadataEntries"])
            outcome.attempts = max(outcome.attempts, entries.get("attempts", 0))
            outcome.result = entries["value"][0] if "value" in entries else entries.get("result")
        case "ExecutionStepFailureEvent" if event["failureMetadata"]:
            entries = _entries(event["failureMetadata"]["metadataEntries"])
            outcome.attempts = max(outcome.attempts, entries.get("attempts", 0))
            outcome.error_code = entries.get("code")
            outcome.error = event["failureMetadata"]["description"].removeprefix(f"{outcome.error_code}: ")
        case "RunFailureEvent" | "RunCanceledEvent" if outcome.error is None:
            outcome.error = event["message"]
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
