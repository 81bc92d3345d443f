"""The errors that packages raise: a sentence for people, a code for programs, and whether a retry can help.

Errors that only one module raises and catches belong in that module.
"""

from typing import ClassVar


class BusterError(Exception):
    """A failure that says what to do next.

    `code` is stable and upper case. `retryable` says whether another attempt can succeed. `retry_after` is the number
    of seconds that the other side asked us to wait, if any. The message must never hold a secret.
    """

    code: ClassVar[str] = "INTERNAL"
    retryable: bool = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


class PartlyFailed(BusterError):
    """A part of the work is done and stays, as `result` says. `retryable` says whether a retry can help the rest."""

    code = "PARTLY_FAILED"

    def __init__(self, message: str, *, result: object, retryable: bool) -> None:
        super().__init__(message)
        self.result = result
        self.retryable = retryable


class InvalidInput(BusterError):
    """The caller asked for something impossible: a retry never helps."""

    code = "INVALID_INPUT"
    retryable = False


class NotFound(InvalidInput):
    """Something that the caller named does not exist."""

    code = "NOT_FOUND"


class ConfigurationError(BusterError):
    """A setting of this installation is wrong, and a person has to change it."""

    code = "CONFIGURATION"
    retryable = False


class RateLimited(BusterError):
    """The other side asks for fewer requests, for `retry_after` seconds if it said so."""

    code = "RATE_LIMIT"


class Unavailable(BusterError):
    """The other side cannot be reached, or has a failure that may pass."""

    code = "UNAVAILABLE"


class DatabaseUnavailable(Unavailable):
    """Our own PostgreSQL is unavailable."""

    code = "DATABASE_UNAVAILABLE"


class TimedOut(BusterError):
    """The work exceeded its time limit."""

    code = "TIMEOUT"
