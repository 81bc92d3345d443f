"""What every reader gives: rows in batches, column by column, as text with their lines, and the rows it cannot read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

BATCH_ROWS = 1_000
BATCH_CHARACTERS = 4_000_000
"""A batch ends with whichever comes first. Batches of 5,000 rows take twice as long: they leave the CPU's caches."""

SHOWN_CHARACTERS = 200

Values = Sequence[str | None]
"""One column's values in a batch; None is a value that is not there."""


class TypedText(str):
    """A value as text, whose source knows of what kind it is. `kinds` are what it can be, best first."""

    __slots__ = ()
    kinds: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A bad value, or without a column a bad row. `line` counts from 1; without lines, as in Parquet, rows do."""

    line: int
    column: str | None
    value: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """`lines` has the line on which each row begins. Columns that a batch lacks are empty in it.

    `rejects` are rows of this stretch that could not be read, one each; they are not among `lines`.
    """

    lines: Sequence[int]
    columns: Mapping[str, Values]
    rejects: Sequence[Reject] = field(default=())


class Reader(Protocol):
    """An open source. Its batches can be read once."""

    @property
    def has_empty_text(self) -> bool:
        """Whether an empty text is a value: CSV cannot tell it from none."""
        ...

    def columns(self) -> Sequence[str]:
        """The columns that are known before reading; JSON lines tell theirs row by row."""
        ...

    def text_kinds(self, column: str) -> Sequence[str] | None:
        """What its texts can be besides text, best first, where the source knows; None where they can be anything."""
        ...

    def batches(self) -> Iterator[Batch]:
        """All rows, in order. Raises `InvalidInput` for a source of which no more can be read."""
        ...


def shown(value: str | None) -> str | None:
    """As much of a value as is kept of a bad one, in characters that PostgreSQL can hold."""
    if value is None:
        return None
    cut = value if len(value) <= SHOWN_CHARACTERS else f"{value[:SHOWN_CHARACTERS]}… ({len(value)} characters)"
    return cut.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
