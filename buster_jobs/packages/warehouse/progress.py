"""The progress of a sync, reported to the log and to listeners such as the CLI's progress bars."""

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

_EVERY_SECONDS = 10.0
_logger = logging.getLogger(__name__)


Work = Literal["profile", "copy"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`rows` of about `expected` rows of `table` are done. `ended` says how it ended; None while it runs."""

    work: Work
    table: str
    rows: int
    expected: int
    ended: str | None = None
    failed: bool = False


Listener = Callable[[Progress], None]
_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Generator[None]:
    """Call `listener` with every step inside this block, from several threads. It must not raise."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@dataclass
class Reporter:
    """Reports the progress of one table: every step to listeners, and one every ten seconds to the log."""

    work: Work
    table: str
    expected: int
    clock: Callable[[], float] = time.monotonic
    _logged: float = field(init=False)

    def __post_init__(self) -> None:
        self._logged = self.clock()
        self(0)

    def __call__(self, rows: int) -> None:
        """Report that `rows` are done."""
        _tell(Progress(self.work, self.table, rows, self.expected))
        if self.clock() - self._logged >= _EVERY_SECONDS:
            self._logged = self.clock()
            _logger.info("%s: %s rows of about %s so far.", self.table, f"{rows:,}", f"{self.expected:,}")

    def end(self, rows: int, how: str, *, failed: bool = False) -> None:
        """Report the end; `how` is the end of a sentence."""
        _tell(Progress(self.work, self.table, rows, self.expected, how, failed))
        _logger.log(logging.ERROR if failed else logging.INFO, "%s: %s", self.table, how)


def _tell(progress: Progress) -> None:
    for listener in tuple(_listeners):
        listener(progress)
