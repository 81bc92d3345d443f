"""The tasks of a code location, with the JSON Schemas of their payloads: fetched once, and again before a refusal."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from buster_jobs.client.errors import InvalidPayload, UnknownTask, WebserverError
from buster_jobs.client.graphql import GraphQL, as_json
from buster_jobs.client.payloads import field_sentence, payload_problem
from buster_jobs.client.queries import TASKS
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.run_tags import PAYLOAD_SCHEMA
from buster_jobs.packages.sendable import non_finite_number

_FRESH_SECONDS = 5.0
"""A catalog younger than this may refuse a trigger without being fetched again."""

Schemas = dict[str, Mapping[str, Any]]


class Catalog:
    """Shared by threads. A refusal always rests on a fresh catalog, so a reloaded code location is noticed."""

    def __init__(
        self, graphql: GraphQL, repository: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._graphql, self._repository, self._clock = graphql, repository, clock
        self._lock = threading.Lock()
        self._schemas: Schemas = {}
        self._fetched = float("-inf")

    def check(self, task: str, payload: Mapping[str, Any]) -> Any:
        """The payload as plain JSON values. Raises `UnknownTask` or `InvalidPayload`."""
        plain, seen = _plain(payload), self._fetched
        problem = self._problem(task, plain)
        if problem and self._refresh(seen):
            problem = self._problem(task, plain)
        if problem:
            raise problem
        return plain

    def tasks(self) -> list[str]:
        """The names of the tasks, in order."""
        self._refresh(self._fetched)
        return sorted(self._schemas)

    def _problem(self, task: str, payload: Any) -> BusterError | None:
        schemas = self._schemas
        if task not in schemas:
            listed = ", ".join(sorted(schemas)) or "none"
            return UnknownTask(f"There is no task {task!r}; the tasks are: {listed}.")
        return payload_problem(schemas[task], payload)

    def _refresh(self, seen: float) -> bool:
        """Fetch the catalog, unless it is fresh. Returns whether it is newer than the one fetched at `seen`."""
        with self._lock:
            if self._fetched != seen or self._clock() - seen < _FRESH_SECONDS:
                return self._fetched != seen
            self._schemas = self._fetch()
            self._fetched = self._clock()
            return True

    def _fetch(self) -> Schemas:
        answer = self._graphql.ask(TASKS, repository=self._repository)["repositoryOrError"]
        if answer["__typename"] != "Repository":
            name = self._repository["repositoryLocationName"]
            raise WebserverError(
                f"The webserver has no code location {name!r}, or cannot load it: check the name, and the UI."
            )
        return {job["name"]: _schema(job) for job in answer["jobs"] if not job["name"].startswith("__")}


def _schema(job: Mapping[str, Any]) -> Mapping[str, Any]:
    """The job's payload schema, or the empty one, which allows everything."""
    for entry in job["metadataEntries"]:
        if entry["label"] == PAYLOAD_SCHEMA:
            return json.loads(entry["jsonString"])
    return {}


def _plain(payload: Any) -> Any:
    """A payload as plain JSON values. Pydantic models are dumped, without importing pydantic."""
    dump = getattr(payload, "model_dump", None)
    plain = dump(mode="json") if dump else _json_of(payload)
    if (field := non_finite_number(plain)) is not None:
        raise InvalidPayload(field_sentence([field], "must be a finite number"))
    return plain


def _json_of(payload: Any) -> Any:
    if not isinstance(payload, Mapping):
        raise InvalidPayload('The payload must be a JSON object, such as {"name": "value"}.')
    try:
        return json.loads(json.dumps(dict(payload), default=as_json))  # pyright: ignore[reportUnknownArgumentType] - json's business
    except (TypeError, ValueError):
        raise InvalidPayload("The payload is not JSON: use text, numbers, lists and dicts without cycles.") from None
