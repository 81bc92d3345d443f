"""The tags that a task declares for its runs. All tags' names and meanings are in packages/run_tags.py."""

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, TypeAdapter

from buster_jobs.packages.run_tags import CONCURRENCY, CRITICAL, OWNER, QUEUE, QUEUES


def run_tags(*, owner: str | None, concurrency: Mapping[str, int], queue: str, critical: bool) -> dict[str, str]:
    """The tags that a task's decorator puts on its job. Raises ValueError for a limit below 1 or an unknown queue."""
    if queue not in QUEUES:
        raise ValueError(f"There is no queue {queue!r}: use one of {', '.join(QUEUES)}.")
    parsed_concurrency(json.dumps(dict(concurrency)))
    tags = {OWNER: owner, QUEUE: queue if queue != "default" else None, CRITICAL: "true" if critical else None}
    if concurrency:
        tags[CONCURRENCY] = json.dumps(dict(concurrency))
    return {name: value for name, value in tags.items() if value is not None}


def parsed_concurrency(value: str) -> dict[str, int]:
    """The limits that a tag CONCURRENCY names, by template of the key. Raises ValueError for anything else."""
    limits = TypeAdapter(dict[str, Annotated[int, Field(ge=1, le=1_000_000, strict=True)]]).validate_json(value)
    if len(limits) > 10:
        raise ValueError("A run may have ten concurrency keys.")
    return limits
