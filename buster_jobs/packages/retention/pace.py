"""The pace of the clean-up: the size of batches, the pauses between them, and the time budget."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

LARGEST = 5_000
LOCK_SECONDS = 0.2
"""No batch holds locks for longer: the server cancels it before, and fewer rows are tried."""
STATEMENT_SECONDS = 0.12
_COMFORTABLE_SECONDS = 0.05
_SHORTEST_REST = 0.01


class OutOfTime(Exception):
    """The clean-up has used its time budget. The next run continues."""


@dataclass
class Pace:
    """`budget` is in seconds; None means no limit. `size` is the number of rows that the next batch may have.

    After each batch the clean-up pauses for as long as the batch took, so that others have half of the time.
    `longest` is the duration of the longest batch, in seconds.
    """

    budget: float | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    size: int = LARGEST
    longest: float = field(default=0.0, init=False)
    _started: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def check(self) -> None:
        """Raises `OutOfTime` if the budget is used up."""
        if self.budget is not None and self.clock() - self._started > self.budget:
            raise OutOfTime

    def took(self, seconds: float) -> None:
        """A batch has succeeded in `seconds`: choose the size of the next one, and pause."""
        self.longest = max(self.longest, seconds)
        if seconds > _COMFORTABLE_SECONDS * 2:
            self.size = max(1, self.size // 2)
        elif seconds < _COMFORTABLE_SECONDS:
            self.size = min(LARGEST, self.size * 2)
        self.sleep(max(_SHORTEST_REST, seconds))

    def was_stopped(self) -> bool:
        """A batch took too long and was rolled back: reduce the size. False if it was a single row already."""
        is_single, self.size = self.size == 1, max(1, self.size // 4)
        self.sleep(LOCK_SECONDS)
        return not is_single
