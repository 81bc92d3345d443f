"""A run's place in the queue, read from the tags by which its task and its caller say what they want."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from string import Formatter
from typing import Any

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.idempotency import DEFAULT_TTL
from buster_jobs.packages.database.runs.run_queue import Entry
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.target import PARTITION, Target, is_asset_run
from buster_jobs.runtime.task_tags import CONCURRENCY_LIMITS

_MAX_PRIORITY = 1_000_000
_LONGEST_KEY = 200
_LONGEST_IDEMPOTENCY_KEY = 512
_RANGE = "dagster/asset_partition_range_start"


@dataclass(frozen=True, slots=True)
class Placement:
    """What a run's tags and payload say, understood. Its idempotency key counts for `key_ttl`."""

    target: Target
    queue: str
    priority: int
    concurrency: dict[str, int]
    due_at: datetime | None
    expires_at: datetime | None
    key: str | None
    key_ttl: timedelta

    @property
    def entry(self) -> Entry:
        """The run's row in the queue."""
        return Entry(
            task=self.target.task,
            queue=self.queue,
            priority=self.priority,
            concurrency=self.concurrency,
            due_at=self.due_at,
            expires_at=self.expires_at,
        )


def placement(run: dg.DagsterRun, target: Target) -> Placement:
    """Read a run's tags. Raises `InvalidInput`, which names the tag, for what cannot be understood."""
    _refuse_unknown(run.tags)
    _check_asset_run(run)
    now = datetime.now(UTC)
    due_at = _due_at(run, now)
    ttl = _seconds(run, run_tags.TTL)
    key = _key(run)
    return Placement(
        target=target,
        queue=_queue(run),
        priority=_priority(run),
        concurrency=_concurrency(run, target.payload),
        due_at=due_at,
        expires_at=None if ttl is None else (due_at or now) + ttl,
        key=key,
        key_ttl=DEFAULT_TTL if key is None else _key_ttl(run),
    )


def _refuse_unknown(tags: Iterable[str]) -> None:
    for tag in tags:
        if tag.startswith(run_tags.PREFIX) and tag not in run_tags.KNOWN:
            near = get_close_matches(tag, run_tags.KNOWN, n=1)
            hint = f"did you mean {near[0]}?" if near else f"tags of your own may not begin with {run_tags.PREFIX}."
            raise InvalidInput(f"There is no tag {tag}: {hint}")


def _check_asset_run(run: dg.DagsterRun) -> None:
    """Dagster takes any run config for assets, with references to our environment in it; we take none."""
    if not is_asset_run(run):
        return
    if run.run_config:
        raise InvalidInput(
            "Assets take no run config: choose a partition, and send anything else as JSON in the tag "
            f"{run_tags.PAYLOAD}."
        )
    if _RANGE in run.tags:
        raise InvalidInput(f"Assets are materialized one partition a run: use the tag {PARTITION}.")


def _key(run: dg.DagsterRun) -> str | None:
    key = run.tags.get(run_tags.IDEMPOTENCY_KEY)
    if key is not None and (not key.strip() or len(key) > _LONGEST_IDEMPOTENCY_KEY):
        raise InvalidInput(
            f"An idempotency key must have 1 to {_LONGEST_IDEMPOTENCY_KEY} characters: use a shorter, telling one."
        )
    return key


def _key_ttl(run: dg.DagsterRun) -> timedelta:
    given = _seconds(run, run_tags.IDEMPOTENCY_TTL)
    if given is not None and given <= timedelta(0):
        raise InvalidInput("An idempotency key must count for more than 0 seconds: leave its ttl out, or give another.")
    return DEFAULT_TTL if given is None else given


def _queue(run: dg.DagsterRun) -> str:
    queue = run.tags.get(run_tags.QUEUE, "default")
    if queue not in run_tags.QUEUES:
        raise InvalidInput(f"Tag {run_tags.QUEUE} must be one of {', '.join(run_tags.QUEUES)}, not {queue!r}.")
    return queue


def _priority(run: dg.DagsterRun) -> int:
    value = run.tags.get(run_tags.PRIORITY, "0")
    try:
        priority = int(value)
    except ValueError:
        priority = _MAX_PRIORITY + 1
    if abs(priority) > _MAX_PRIORITY:
        raise InvalidInput(f"Tag {run_tags.PRIORITY} must be a whole number up to a million, not {value!r}.")
    return priority


def _concurrency(run: dg.DagsterRun, payload: Mapping[str, Any]) -> dict[str, int]:
    """The run's concurrency keys with their limits: the task's templates, filled in from the payload."""
    value = run.tags.get(run_tags.CONCURRENCY, "{}")
    try:
        limits = CONCURRENCY_LIMITS.validate_json(value)
    except ValueError as error:
        raise InvalidInput(f"Tag {run_tags.CONCURRENCY} must be JSON like {_EXAMPLE}, not {value!r}.") from error
    return {_fill(template, payload): limit for template, limit in limits.items()}


_EXAMPLE = json.dumps({"chat:{chat_id}": 1})


def _fill(template: str, payload: Any) -> str:
    try:
        key = "".join(_parts(template, payload))
    except (KeyError, ValueError):
        # The payload is refused when the run starts; until then the template itself is its key.
        key = template
    if len(key) > _LONGEST_KEY:
        raise InvalidInput(f"Tag {run_tags.CONCURRENCY} makes a key of more than {_LONGEST_KEY} characters.")
    return key


def _parts(template: str, payload: Any) -> Iterator[str]:
    """Not `str.format`, with which a template of a few characters makes gigabytes, or looks into objects."""
    for literal, field, spec, conversion in Formatter().parse(template):
        yield literal
        if spec or conversion or (field and ("." in field or "[" in field)):
            raise InvalidInput(f"Tag {run_tags.CONCURRENCY} may name fields only as in {_EXAMPLE}.")
        if field is not None:
            yield str(payload[field])[: _LONGEST_KEY + 1]


def _due_at(run: dg.DagsterRun, now: datetime) -> datetime | None:
    delay = _seconds(run, run_tags.DELAY)
    if delay is not None:
        return now + delay
    at = run.tags.get(run_tags.AT)
    return None if at is None else _moment(at)


def _moment(at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise InvalidInput(f"Tag {run_tags.AT} must be a time like 2031-05-17T09:30:00+02:00, not {at!r}.") from None
    if moment.tzinfo is None:
        raise InvalidInput(f"Tag {run_tags.AT} must name its offset from UTC, like {at}+00:00.")
    return moment


def _seconds(run: dg.DagsterRun, tag: str) -> timedelta | None:
    value = run.tags.get(tag)
    if value is None:
        return None
    try:
        duration = timedelta(seconds=float(value))
    except (ValueError, OverflowError):
        duration = None
    if duration is None or not timedelta() <= duration <= _LONGEST:
        raise InvalidInput(f"Tag {tag} must be a number of seconds, up to ten years, not {value!r}.")
    return duration


_LONGEST = timedelta(days=3653)
