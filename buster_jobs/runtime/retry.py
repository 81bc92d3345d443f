"""How often a task is tried and how long it waits in between. Pure arithmetic: no Dagster, no clock, no sleeping."""

import random
import sys
from dataclasses import dataclass

from buster_jobs.packages.errors import BusterError


@dataclass(frozen=True, slots=True)
class Retry:
    """When to try again. Timeouts are in seconds; `max_attempts` counts the first attempt too.

    The defaults are the specification's: 3 attempts, 1 s to 10 s, doubling.
    """

    max_attempts: int = 3
    min_timeout: float = 1.0
    max_timeout: float = 10.0
    factor: float = 2.0
    randomize: bool = False

    def __post_init__(self) -> None:
        """Refuse a policy that could not be meant. Raises ValueError."""
        if self.max_attempts < 1:
            raise ValueError(f"max_attempts must be at least 1 (the first attempt counts), not {self.max_attempts}.")
        if not 0 <= self.min_timeout <= self.max_timeout:
            raise ValueError(
                f"min_timeout ({self.min_timeout}) must be between 0 and max_timeout ({self.max_timeout})."
            )
        if self.factor < 1:
            raise ValueError(f"factor must be at least 1, not {self.factor}.")

    def delay(self, attempt: int, jitter: float | None = None) -> float:
        """Seconds to wait after attempt number `attempt` (the first is 1) has failed; whole milliseconds.

        `round(min(max_timeout, r * min_timeout * factor^(attempt-1)))` in ms, r in [1, 2) when randomized, else 1:
        Trigger.dev's `calculateNextRetryDelay`. `jitter` in [0, 1) stands in for the random number.
        """
        r = 1.0 + (random.random() if jitter is None else jitter) if self.randomize else 1.0  # noqa: S311 - no secret
        capped_ms = min(self.max_timeout * 1000, r * self.min_timeout * 1000 * self._growth(attempt))
        return round(capped_ms) / 1000

    def delay_after(self, error: BaseException, attempt: int) -> float:
        """Like `delay`, but at least what the other side asked for with `retry_after`; the cap still holds."""
        asked = error.retry_after if isinstance(error, BusterError) else None
        return max(self.delay(attempt), min(asked or 0.0, self.max_timeout))

    def allows_another(self, error: BaseException, attempt: int) -> bool:
        """Whether an attempt may follow attempt number `attempt`, which failed with `error`."""
        return attempt < self.max_attempts and is_retryable(error)

    def _growth(self, attempt: int) -> float:
        try:
            return float(self.factor) ** (attempt - 1)
        except OverflowError:
            return sys.float_info.max / 1e6  # any number beyond every cap; infinity times 0 would be no number


NO_RETRY = Retry(max_attempts=1)


def is_retryable(error: BaseException) -> bool:
    """An error that we do not know may be transient, so it is tried again; ours say for themselves."""
    return error.retryable if isinstance(error, BusterError) else True
