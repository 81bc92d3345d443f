"""Questions to a Dagster webserver, asked again when no answer came. What is asked stands in queries.py.

Every question that is sent here may be sent twice: queries change nothing, and a trigger carries a key.
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from http.client import HTTPException
from typing import Any, cast
from uuid import UUID

from buster_jobs.client.connections import Connections
from buster_jobs.client.errors import InvalidPayload, WebserverError, WebserverUnavailable

_NOT_NOW = (429, 500, 502, 503, 504)
"""A webserver whose database is away for a moment answers with 500."""
_FIRST_PAUSE = 0.1


@dataclass(frozen=True)
class GraphQL:
    """One webserver. `attempts` is how often a question is asked before the webserver counts as unavailable."""

    connections: Connections
    attempts: int
    sleep: Callable[[float], None] = time.sleep

    def ask(self, query: str, **variables: Any) -> Any:
        """The answer's data. Raises `WebserverUnavailable` or `WebserverError`, and `InvalidPayload` for no JSON."""
        status, body = self._post(_encoded({"query": query, "variables": variables}))
        answer = _decoded(body)
        if status != 200 or answer is None:
            raise WebserverError(
                f"{self._server} answered with HTTP {status}: check that its URL is a Dagster webserver's."
            )
        if _names_a_field(answer.get("errors")):
            raise WebserverError(f"{self._server} failed while it answered: its log says why.")
        if answer.get("errors") or not isinstance(answer.get("data"), dict):
            raise WebserverError(f"{self._server} does not understand this client: use the same version for both.")
        return answer["data"]

    def pause(self, attempt: int) -> None:
        """Wait before this attempt; the first is number 0, and the pauses grow."""
        if attempt:
            self.sleep(_FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(1, 2))  # noqa: S311 - no secret

    @property
    def _server(self) -> str:
        return f"The webserver at {self.connections.server}"

    def _post(self, body: bytes) -> tuple[int, bytes]:
        problem = ""
        for attempt in range(self.attempts):
            self.pause(attempt)
            try:
                status, answer = self.connections.post("/graphql", body, "application/json")
            except (OSError, HTTPException) as error:
                problem = _described(error)
                continue
            if status not in _NOT_NOW:
                return status, answer
            problem = f"it answers with HTTP {status}"
        raise WebserverUnavailable(
            f"{self._server} gave no answer in {self.attempts} attempts: {problem}. Check its URL, and that it runs."
        )


def _names_a_field(errors: object) -> bool:
    """Whether what failed is a field's value, and not the reading of the question, which has no place in the answer."""
    listed = cast("list[object]", errors) if isinstance(errors, list) else []
    return any(isinstance(error, dict) and "path" in error for error in listed)


def _described(error: OSError | HTTPException) -> str:
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "it broke the connection off"


def _encoded(question: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(question, default=as_json, allow_nan=False).encode()
    except (TypeError, ValueError):
        raise InvalidPayload("The payload is not JSON: use text, numbers, lists and dicts without cycles.") from None


def as_json(value: object) -> str:
    """Text for what JSON has no word for. Raises TypeError."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(type(value).__name__)


def _decoded(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else None
