"""GraphQL requests to a Dagster webserver, sent again when no answer came. The queries are in queries.py.

Every request may be sent twice: queries change nothing, and a trigger carries an idempotency key.
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

_RETRIED_STATUSES = (429, 500, 502, 503, 504)
"""500 is how a webserver answers whose database is unavailable for a moment."""
_FIRST_PAUSE = 0.1


@dataclass(frozen=True)
class GraphQL:
    """One webserver. After `attempts` requests without an answer it counts as unavailable."""

    connections: Connections
    attempts: int
    sleep: Callable[[float], None] = time.sleep

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of the answer. Raises `WebserverUnavailable`, `WebserverError`, or `InvalidPayload` if not JSON."""
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
            if status not in _RETRIED_STATUSES:
                return status, answer
            problem = f"it answers with HTTP {status}"
        raise WebserverUnavailable(
            f"{self._server} gave no answer in {self.attempts} attempts: {problem}. Check its URL, and that it runs."
        )


def _names_a_field(errors: object) -> bool:
    """Whether a field's value failed: an error in the query itself has no path."""
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
    """Text for types that JSON lacks: dates, UUIDs, decimals. Raises TypeError for others."""
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
