"""The errors that the client raises. Their messages never repeat a payload or a part of one."""

from buster_jobs.packages.errors import BusterError, InvalidInput, NotFound, TimedOut, Unavailable


class UnknownTask(NotFound):
    """There is no such task; the message lists those that there are."""

    code = "UNKNOWN_TASK"


class InvalidPayload(InvalidInput):
    """The payload does not fit the task; the message names each field that does not."""

    code = "INVALID_PAYLOAD"


class IdempotencyConflict(InvalidInput):
    """The idempotency key was used with another payload."""

    code = "IDEMPOTENCY_CONFLICT"


class TriggerRefused(InvalidInput):
    """The trigger's key, delay, priority or another of its options is not valid."""

    code = "TRIGGER_REFUSED"


class ReplayRefused(InvalidInput):
    """What failed cannot run again as it was: its key names another run by now, or its task has changed."""

    code = "REPLAY_REFUSED"


class RunNotFound(NotFound):
    """There is no such run, or its record is no longer kept."""

    code = "RUN_NOT_FOUND"


class WaitTimedOut(TimedOut):
    """The run had not ended when the caller's `timeout` passed. It continues."""

    code = "WAIT_TIMEOUT"


class WebserverUnavailable(Unavailable):
    """The webserver cannot be reached, or did not answer in any attempt."""

    code = "WEBSERVER_UNAVAILABLE"


class WebserverError(BusterError):
    """The webserver gave an answer that the client cannot use."""

    code = "WEBSERVER_ERROR"
