"""Which of Dagster's events may wait for the next one, while this process executes a run.

A run of two steps writes about twenty events, most of them with no work of anybody's between them and the next: one
statement can take several. What a person or another process may wait for is written at once, with all that waited.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

# What storage is given has no public names.
from dagster._core.events import DagsterEventType
from dagster._core.events.log import EventLogEntry

_MAY_WAIT = frozenset(
    {
        DagsterEventType.PIPELINE_STARTING,
        DagsterEventType.PIPELINE_START,
        DagsterEventType.RESOURCE_INIT_STARTED,
        DagsterEventType.RESOURCE_INIT_SUCCESS,
        DagsterEventType.LOGS_CAPTURED,
        DagsterEventType.LOADED_INPUT,
        DagsterEventType.STEP_OUTPUT,
        DagsterEventType.HANDLED_OUTPUT,
        DagsterEventType.STEP_SUCCESS,
    }
)
"""Each is followed, with no code of a task's between, by the start or the input of a step, or by the end of the run."""

Write = Callable[[Sequence[EventLogEntry]], None]


class EventBatch:
    """The events of one process that wait. For any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._write: Write | None = None
        self._waiting: list[EventLogEntry] = []
        self._open = False

    @contextmanager
    def opened(self) -> Generator[None]:
        """While a run is executed. At the end everything is written, also after an error.

        What cannot be written then is given up: the worker that gets the run next does it again.
        """
        self._open = True
        try:
            yield
        finally:
            self._open = False
            try:
                self.write_all()
            finally:
                self._waiting = []

    def takes(self, event: EventLogEntry, write: Write) -> bool:
        """Whether the event waits here; `write` is what writes it later."""
        kind = event.dagster_event.event_type if event.dagster_event else None
        if not self._open or kind not in _MAY_WAIT:
            return False
        with self._lock:
            self._write = write
            self._waiting.append(event)
        return True

    def write_all(self, last: EventLogEntry | None = None) -> bool:
        """Write what waits, and `last` after it. False, having done nothing, when nothing waits."""
        with self._lock:
            if not self._waiting or self._write is None:
                return False
            self._write([*self._waiting, *([last] if last else [])])
            self._waiting = []
            return True


BATCH = EventBatch()
"""This process's: it executes one run at a time."""
