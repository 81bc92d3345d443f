"""Which of our errors a failed request to the model's endpoint becomes. Messages are cleaned of secrets."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast

from pydantic import SecretStr

from buster_jobs.packages.ai.model.errors import ModelRequestRejected
from buster_jobs.packages.ai.values import clean_text, shorten
from buster_jobs.packages.errors import BusterError, ConfigurationError, RateLimited, TimedOut, Unavailable
from buster_jobs.packages.redaction import redact

_SENTENCE_CHARACTERS = 300
_NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})


def _utc_now() -> datetime:
    return datetime.now(UTC)


def retry_after_seconds(headers: Mapping[str, str], now: Callable[[], datetime] = _utc_now) -> float | None:
    """Seconds that the endpoint asks us to wait: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date.

    None when the header is missing or malformed. RFC 9110, section 10.2.3. `headers` has lower-case names.
    """
    milliseconds = _seconds(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    seconds = _seconds(value)
    return seconds if seconds is not None or value is None else _until(value, now())


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _until(value: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def error_for_status(
    status: int, body: bytes, headers: Mapping[str, str], *, model: str, key: SecretStr
) -> BusterError:
    """The error for a response of that status. `body` may hold the endpoint's own message, which is quoted."""
    sentence, code = _sentence_and_code(body, key)
    wait = retry_after_seconds(headers)
    if status == 429 and code not in _NO_CREDIT:
        return RateLimited(
            f"The model's endpoint asks for fewer requests; try again later.{sentence}", retry_after=wait
        )
    if status in (408, 504):
        return TimedOut(f"The model's endpoint took too long (HTTP {status}); try again.", retry_after=wait)
    if status >= 500 or status in (409, 425):
        return Unavailable(f"The model's endpoint failed (HTTP {status}); try again later.{sentence}", retry_after=wait)
    return _error_of_ours(status, sentence, model)


def _error_of_ours(status: int, sentence: str, model: str) -> BusterError:
    """The error for what the operator has to change. Messages about a key may hold the key, so they are left out."""
    if status in (401, 403):
        return ConfigurationError(
            f"The model's endpoint refuses our key (HTTP {status}); set OPENAI_API_KEY to a key that may use {model} "
            "at OPENAI_BASE_URL."
        )
    if status in (402, 429):
        return ConfigurationError(f"The account of OPENAI_API_KEY has no credit left; add some.{sentence}")
    if status in (404, 405):
        return ConfigurationError(
            f"The model's endpoint does not know {model} (HTTP {status}); set OPENAI_MODEL to a model that it serves, "
            f"and OPENAI_BASE_URL to an endpoint of chat completions.{sentence}"
        )
    return ModelRequestRejected(
        f"The model's endpoint rejects our request (HTTP {status}); check that {model} can use tools, "
        f"or ask a shorter question.{sentence}"
    )


def error_in_body(body: bytes, *, model: str, key: SecretStr) -> BusterError | None:
    """The error in a body with status 200, or None: some gateways report upstream failures as `{"error": …}`."""
    error = _error_object(body)
    if error is None:
        return None
    code = error.get("code")
    status = code if isinstance(code, int) and 400 <= code <= 599 else 502
    return error_for_status(status, body, {}, model=model, key=key)


def _error_object(body: bytes) -> dict[str, Any] | None:
    try:
        parsed: object = json.loads(body)
    except ValueError:
        return None
    error = cast("dict[str, object]", parsed).get("error") if isinstance(parsed, dict) else None
    if isinstance(error, str):
        return {"message": error}
    return cast("dict[str, Any]", error) if isinstance(error, dict) else None


def _sentence_and_code(body: bytes, key: SecretStr) -> tuple[str, str]:
    error = _error_object(body) or {}
    message = error.get("message")
    sentence = f" It says: {scrub(message, key)}" if isinstance(message, str) and message.strip() else ""
    return sentence, str(error.get("code") or error.get("type") or "")


def scrub(text: str, key: SecretStr) -> str:
    """The endpoint's message on one line, shortened, with our key and everything that looks like a secret removed."""
    one_line = " ".join(clean_text(text).replace(key.get_secret_value(), "***").split())
    return shorten(redact(one_line), _SENTENCE_CHARACTERS)
