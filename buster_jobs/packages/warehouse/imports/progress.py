"""Stores how much of the source a step has read, at most twice a second."""

import time
from collections.abc import Callable
from uuid import UUID

from buster_jobs.packages.database.sources.imports import note_progress
from buster_jobs.packages.warehouse.imports.reading.import_source import OpenSource

_SECONDS = 0.5


class Progress:
    """The progress of one pass over the source."""

    def __init__(self, id: UUID, source: OpenSource, clock: Callable[[], float] = time.monotonic) -> None:
        self._id, self._source, self._clock = id, source, clock
        self._told = clock()

    def at(self, rows: int) -> None:
        """Report that `rows` have been read."""
        if self._clock() - self._told >= _SECONDS:
            note_progress(self._id, bytes_read=self._source.position(), bytes_in_all=self._source.size, rows_read=rows)
            self._told = self._clock()
