"""The interface of readers: batches of rows, column by column, as text with line numbers, and unreadable rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

BATCH_ROWS = 1_000
BATCH_CHARACTERS = 4_000_000
"""A batch ends at whichever limit comes first. Batches of 5,000 rows take twice as long: they exceed CPU caches."""

SHOWN_CHARACTERS = 200

Values = Sequence[str | None]
"""One column's values in a batch; None is a missing value."""


class TypedText(str):
    """A value as text, of a type that the source knows. `kinds` are the column types that it fits, best first."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A bad value, or a bad row if `column` is None. `line` counts from 1; in sources without lines it counts rows."""

    line: int
    column: str | None
    value: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive rows. `lines` has the line on which each row begins. A missing column has only missing values.

    `rejects` has an entry for each row that could not be read; these rows are left out of `lines`.
    """

    lines: Sequence[int]
    columns: Mapping[str, Values]
    rejects: Sequence[Reject] = field(default=())


class Reader(Protocol):
    """An open source, whose batches can be read once."""

    @property
    def has_empty_text(self) -> bool:
        """Whether the source distinguishes an empty text from a missing value, which CSV does not."""
        ...

    def columns(self) -> Sequence[str]:
        """The columns that are known before the first batch: for JSON lines, none."""
        ...

    def text_kinds(self, column: str) -> Sequence[str] | None:
        """The types besides text that the column's texts may fit, best first; None means any type."""
        ...

    def batches(self) -> Iterator[Batch]:
        """All rows, in order. Raises `InvalidInput` if the source cannot be read to its end."""
        ...


def shown(value: str | None) -> str | None:
    """The start of a bad value, as it is stored: in characters that PostgreSQL can hold."""
    if value is None:
        return None
    cut = value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}… ({len(value)} characters)"
    return cut.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
