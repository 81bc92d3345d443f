"""When a query is stopped, and how its rows and bytes are counted. Shared by all engines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import cast

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.source import MAX_BYTES

Row = tuple[object, ...]

FIRST_BATCH = 20
_LARGEST_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: `rows` and `bytes` truncate, `seconds` raises. Layer (c) kills a little later than (b) ends."""

    rows: int
    seconds: float
    bytes: int = MAX_BYTES

    @property
    def kill_after(self) -> float:
        """Seconds after which our own timer ends what the database's limit did not."""
        return self.seconds + 1.0


def read_rows(
    fetch: Callable[[int], tuple[Sequence[Row], Sequence[int]]], most_rows: int, most_bytes: int
) -> tuple[tuple[Row, ...], bool]:
    """Rows in batches, and whether there were more. `fetch(n)` gives at most n rows and the bytes of each.

    A batch may end early with a row that exceeds `most_bytes`. Raises `QueryFailed` when the first row does.
    """
    rows: list[Row] = []
    size, batch_size = 0, FIRST_BATCH
    while True:
        batch_size = min(batch_size, most_rows + 1 - len(rows))
        batch, lengths = fetch(batch_size)
        for row, length in zip(batch, lengths, strict=True):
            size += length
            if not rows and size > most_bytes:
                raise QueryFailed(
                    f"The first row is longer than the {most_bytes:,} bytes that a result may have: "
                    "name fewer columns, or take the beginning of long values."
                )
            if len(rows) == most_rows or size > most_bytes:
                return tuple(rows), True
            rows.append(row)
        if len(batch) < batch_size:
            return tuple(rows), False
        batch_size = _next_batch(size // len(rows), most_bytes - size)


def _next_batch(bytes_per_row: int, bytes_left: int) -> int:
    """As many rows as should still fit, so that wide rows do not flood us before they are counted."""
    return max(1, min(_LARGEST_BATCH, bytes_left // (bytes_per_row + 1)))


def one_by_one(
    next_row: Callable[[], Row | None], most_bytes: int
) -> Callable[[int], tuple[Sequence[Row], Sequence[int]]]:
    """A `fetch` for drivers that make each row when asked: no batch holds more than `most_bytes` and one row."""

    def fetch(count: int) -> tuple[Sequence[Row], Sequence[int]]:
        rows: list[Row] = []
        lengths: list[int] = []
        left = most_bytes
        while len(rows) < count and left >= 0 and (row := next_row()) is not None:
            rows.append(row)
            lengths.append(sum(map(_size, row)))
            left -= lengths[-1]
        return rows, lengths

    return fetch


def sized(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[int]]:
    """The rows with about the bytes of each, for drivers that do not say."""
    return rows, [sum(map(_size, row)) for row in rows]


def _size(value: object) -> int:
    match value:
        case str() | bytes() | bytearray():
            return len(value)
        case list() | tuple() | set():
            return sum(_size(item) for item in cast("list[object]", value))
        case dict():
            items = cast("dict[object, object]", value).items()
            return sum(_size(key) + _size(item) for key, item in items)
        case Decimal() | date() | time() | timedelta():
            return 16
        case _:
            return 8
