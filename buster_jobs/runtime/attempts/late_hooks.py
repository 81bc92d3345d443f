"""The hooks of a run that failed without a living attempt. The process that recorded the failure calls them."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from buster_jobs.packages.database.runs.attempts import add_hook_error
from buster_jobs.runtime.attempts.deadline import deadline
from buster_jobs.runtime.attempts.problem import describe
from buster_jobs.runtime.payload import InvalidPayload, parse_payload
from buster_jobs.runtime.spec import TaskCompletion, TaskFailure, TaskSpec

_SECONDS = 60.0
"""The time limit of a hook that runs outside of an attempt, in seconds."""


def call_failure_hooks(task: TaskSpec, raw_payload: Mapping[str, Any], failure: TaskFailure, job_id: UUID) -> None:
    """`on_failure`, then `on_complete`. What they raise is logged and recorded, and changes nothing."""
    try:
        payload = parse_payload(task.payload, raw_payload)
    except InvalidPayload:
        return
    on_failure, on_complete = task.hooks.get("on_failure"), task.hooks.get("on_complete")
    if on_failure:
        _call("on_failure", lambda: on_failure(payload, failure), job_id)
    if on_complete:
        completion = TaskCompletion(failure.run, "failed", failure=failure)
        _call("on_complete", lambda: on_complete(payload, completion), job_id)


def _call(name: str, call: Callable[[], object], job_id: UUID) -> None:
    try:
        with deadline(_SECONDS):
            call()
    except Exception as error:  # noqa: BLE001 - recorded; the outcome is decided
        problem = describe(error)
        logging.getLogger(__name__).error("The hook %s failed: %s", name, problem.stack)  # noqa: TRY400 - redacted
        add_hook_error(job_id, f"{name}: {problem.message}")
