"""The stream of rows from a data source to the warehouse: counts them, and enforces the time limit and a stop."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from buster_jobs.packages.errors import BusterError, TimedOut


class Stopped(BusterError):
    """The sync was stopped while it ran."""

    code = "STOPPED"


@dataclass
class Rows:
    """Blocks of whole rows. `report` is called with the number of rows so far, for each block."""

    blocks: Iterator[bytes]
    table: str
    ends_at: float
    stop: threading.Event
    report: Callable[[int], None]
    clock: Callable[[], float] = time.monotonic
    rows: int = field(default=0, init=False)
    size: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[bytes]:
        """The blocks, once. Raises `TimedOut`, `Stopped`, and what reading raises."""
        for block in self.blocks:
            if self.stop.is_set():
                raise Stopped(f"The sync of {self.table} was stopped.")
            if self.clock() > self.ends_at:
                raise TimedOut(f"Copying {self.table} took longer than it may.")
            # In COPY's text format a newline always ends a row.
            self.rows += block.count(b"\n")
            self.size += len(block)
            self.report(self.rows)
            yield block

    def batches(self, most_bytes: int) -> Iterator[Iterator[bytes]]:
        """The blocks in batches of at least `most_bytes`, none of them empty. Read each batch before the next one."""
        blocks = iter(self)
        for first in blocks:
            yield _batch(first, blocks, most_bytes)


def _batch(first: bytes, blocks: Iterator[bytes], most_bytes: int) -> Iterator[bytes]:
    yield first
    size = len(first)
    while size < most_bytes and (block := next(blocks, None)) is not None:
        size += len(block)
        yield block
