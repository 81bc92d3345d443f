"""The error every package raises: a sentence for people, a code for machines, and whether trying again can help.

What does not belong here: errors that only one module raises and catches.
"""

from typing import ClassVar


class BusterError(Exception):
    """A failure that says what to do next.

    `code` is stable and upper case; `retryable` says whether another attempt can succeed; `retry_after` is the
    number of seconds that the other side asked us to wait, if it did. The message must never hold a secret.
    """

    code: ClassVar[str] = "INTERNAL"
    retryable: bool = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


class PartlyFailed(BusterError):
    """Some of the work was done, and stays; `result` says what. Tried again only if that can help with the rest."""

    code = "PARTLY_FAILED"

    def __init__(self, message: str, *, result: object, retryable: bool) -> None:
        super().__init__(message)
        self.result = result
        self.retryable = retryable


class InvalidInput(BusterError):
    """What the caller asked for cannot be done, however often it is tried."""

    code = "INVALID_INPUT"
    retryable = False


class NotFound(InvalidInput):
    """Something that the caller named does not exist."""

    code = "NOT_FOUND"


class ConfigurationError(BusterError):
    """This installation is set up wrongly; a person has to change a setting."""

    code = "CONFIGURATION"
    retryable = False


class RateLimited(BusterError):
    """The other side asks for fewer requests; `retry_after` says for how long, when it told us."""

    code = "RATE_LIMIT"


class Unavailable(BusterError):
    """The other side cannot be reached, or failed in a way that may pass."""

    code = "UNAVAILABLE"


class DatabaseUnavailable(Unavailable):
    """Our own PostgreSQL does not answer, or not now."""

    code = "DATABASE_UNAVAILABLE"


class TimedOut(BusterError):
    """The work took longer than it may."""

    code = "TIMEOUT"
