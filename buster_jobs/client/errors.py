"""What can go wrong for an app that triggers jobs. No message ever holds a payload or a part of one."""

from buster_jobs.packages.errors import BusterError, InvalidInput, NotFound, TimedOut, Unavailable


class UnknownTask(NotFound):
    """There is no such task; the message lists those that there are."""

    code = "UNKNOWN_TASK"


class InvalidPayload(InvalidInput):
    """The payload does not fit the task; the message names each field that does not."""

    code = "INVALID_PAYLOAD"


class IdempotencyConflict(InvalidInput):
    """The idempotency key was used for something else."""

    code = "IDEMPOTENCY_CONFLICT"


class TriggerRefused(InvalidInput):
    """The trigger's delay, priority or another of its wishes cannot be understood."""

    code = "TRIGGER_REFUSED"


class ReplayRefused(InvalidInput):
    """What failed cannot run again as it was: its key stands for another run by now, or its task has changed."""

    code = "REPLAY_REFUSED"


class RunNotFound(NotFound):
    """There is no such run, or its record is no longer kept."""

    code = "RUN_NOT_FOUND"


class WaitTimedOut(TimedOut):
    """The run had not ended when the caller's patience had. It goes on."""

    code = "WAIT_TIMEOUT"


class WebserverUnavailable(Unavailable):
    """The webserver cannot be reached, or did not answer, however often it was asked."""

    code = "WEBSERVER_UNAVAILABLE"


class WebserverError(BusterError):
    """The webserver answered, but not with what was asked for."""

    code = "WEBSERVER_ERROR"
