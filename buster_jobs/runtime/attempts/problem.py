"""An error, as far as it may be stored and shown."""

import traceback
from dataclasses import dataclass

from buster_jobs.packages.errors import BusterError, TimedOut
from buster_jobs.packages.redaction import redact
from buster_jobs.runtime.payload import InvalidPayload


@dataclass(frozen=True, slots=True)
class Problem:
    """`message` is a sentence, `reason` one of the dead letters' reasons. Nothing here holds a secret."""

    code: str
    message: str
    reason: str
    stack: str | None = None


def describe(error: BaseException) -> Problem:
    """The problem that `error` is."""
    known = isinstance(error, BusterError)
    message = error.message if known else f"{type(error).__name__}: {error}"
    stack = redact("".join(traceback.format_exception(error)))
    return Problem(error.code if known else "INTERNAL", redact(message), _reason(error), stack)


def _reason(error: BaseException) -> str:
    reasons = {InvalidPayload: "invalid_payload", TimedOut: "timeout"}
    return next((reason for kind, reason in reasons.items() if isinstance(error, kind)), "exception")
