"""One trigger: what an app asks for, and the GraphQL arguments for it. launching.py sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypedDict, overload
from uuid import uuid4

from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.sendable import check_tags

Seconds = float | timedelta

_GENERATED_KEY_TTL = timedelta(hours=1)
"""How long a generated key counts: it serves only to send its trigger again."""


class TriggerOptions(TypedDict, total=False):
    """When a run starts: after `delay`, or `at` a time. It expires if it has not started by `ttl` later.

    A higher `priority` starts first. An idempotency key counts for `idempotency_ttl`, 30 days by default. Times are
    seconds or timedeltas; `at` needs an offset from UTC. `tags` are shown in the UI, and can be searched for there.
    """

    delay: Seconds | None
    at: datetime | None
    ttl: Seconds | None
    priority: int | None
    idempotency_ttl: Seconds | None
    tags: Mapping[str, str] | None


@dataclass(frozen=True)
class Trigger:
    """One call for a run, sent again unchanged when no answer came."""

    task: str
    payload: Any = field(repr=False)
    tags: Mapping[str, str]
    idempotency_key: str

    def execution_params(self, repository: Mapping[str, str]) -> dict[str, Any]:
        """What `launchRun` takes."""
        tags = [{"key": key, "value": value} for key, value in self.tags.items()]
        return {
            "selector": {**repository, "jobName": self.task},
            "runConfigData": self.payload,
            "executionMetadata": {"tags": tags},
        }


def new_trigger(task: str, payload: Any, key: str | None, tags: Mapping[str, str]) -> Trigger:
    """A trigger with the caller's key, or a generated one. `tags` are from `option_tags`.

    Raises `InvalidInput`, which names the tag, for text that PostgreSQL cannot hold: Dagster checks that too late.
    """
    trigger_id = str(uuid4())
    own = {run_tags.IDEMPOTENCY_TTL: _seconds(_GENERATED_KEY_TTL)} if key is None else {}
    named = {run_tags.IDEMPOTENCY_KEY: trigger_id if key is None else key, run_tags.TRIGGER_ID: trigger_id}
    all_tags = {**own, **tags, **named}
    check_tags(all_tags)
    return Trigger(task, payload, all_tags, named[run_tags.IDEMPOTENCY_KEY])


def option_tags(options: TriggerOptions) -> dict[str, str]:
    """Raises `InvalidInput` for an `at` without an offset, and for both `at` and `delay`."""
    at = options.get("at")
    if at is not None and at.tzinfo is None:
        raise InvalidInput("`at` must name its offset from UTC: give it a tzinfo.")
    if at is not None and options.get("delay") is not None:
        raise InvalidInput("Give either `at` or `delay`.")
    priority = options.get("priority")
    named = {
        run_tags.DELAY: _seconds(options.get("delay")),
        run_tags.AT: None if at is None else at.isoformat(),
        run_tags.TTL: _seconds(options.get("ttl")),
        run_tags.PRIORITY: None if priority is None else str(priority),
        run_tags.IDEMPOTENCY_TTL: _seconds(options.get("idempotency_ttl")),
    }
    return {**(options.get("tags") or {}), **{name: value for name, value in named.items() if value is not None}}


@overload
def _seconds(value: Seconds) -> str: ...
@overload
def _seconds(value: None) -> None: ...
def _seconds(value: Seconds | None) -> str | None:
    if value is None:
        return None
    return repr(value.total_seconds() if isinstance(value, timedelta) else float(value))
