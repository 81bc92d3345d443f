"""The tags that a task declares for its runs. All tags' names and meanings are in packages/run_tags.py."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from buster_jobs.packages.run_tags import ASSET_RUN_TAGS, CONCURRENCY, CRITICAL, OWNER, QUEUE, QUEUES

CONCURRENCY_LIMITS = TypeAdapter(
    Annotated[dict[str, Annotated[int, Field(ge=1, le=1_000_000, strict=True)]], Field(max_length=10)]
)
"""What the tag CONCURRENCY holds: limits by template of the key, ten at most."""


def run_tags(*, owner: str | None, concurrency: Mapping[str, int], queue: str, critical: bool) -> dict[str, str]:
    """The tags that a task's decorator puts on its job. Raises ValueError for a limit below 1 or an unknown queue."""
    if queue not in QUEUES:
        raise ValueError(f"There is no queue {queue!r}: use one of {', '.join(QUEUES)}.")
    CONCURRENCY_LIMITS.validate_python(dict(concurrency))
    tags = {OWNER: owner, QUEUE: queue if queue != "default" else None, CRITICAL: "true" if critical else None}
    if concurrency:
        tags[CONCURRENCY] = json.dumps(dict(concurrency))
    return {name: value for name, value in tags.items() if value is not None}


def merged_tags(metadata: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The tags of a run of assets with that metadata: every concurrency key, the strictest limit, the longest queue.

    Dagster puts tags on jobs alone, so assets declare theirs as metadata.
    """
    tags: dict[str, str] = {}
    keys: dict[str, int] = {}
    for declared in (entries[ASSET_RUN_TAGS].value for entries in metadata if ASSET_RUN_TAGS in entries):
        for key, limit in json.loads(declared.get(CONCURRENCY, "{}")).items():
            keys[key] = min(limit, keys.get(key, limit))
        queue = max(tags.get(QUEUE, "default"), declared.get(QUEUE, "default"))
        tags |= declared | {QUEUE: queue}
    return tags | ({CONCURRENCY: json.dumps(keys, sort_keys=True)} if keys else {})
