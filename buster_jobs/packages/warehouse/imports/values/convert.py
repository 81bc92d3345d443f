"""Converts a column's values into the text of PostgreSQL's COPY, each distinct value once, for speed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from buster_jobs.packages.warehouse.imports.batches import Values
from buster_jobs.packages.warehouse.imports.values import datetimes, scalars
from buster_jobs.packages.warehouse.imports.values.types import SqlType

NULL = r"\N"
_ESCAPED = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})

_MOST_REMEMBERED = 20_000
_MOST_CHARACTERS = 1_000_000
"""Limits of what is remembered of a column: one value may have millions of characters."""

Convert = Callable[[str], str]
"""Raises ValueError with the reason, which follows the value in a sentence."""


def converter(kind: SqlType, *, trim: bool = False, format: str | None = None) -> Convert:
    """The function that converts text to a canonical value of the type."""
    made: dict[str, Convert] = {
        "text": lambda value: scalars.text(value, kind.length, trim=trim),
        "integer": lambda value: scalars.integer(value, kind.bits),
        "number": lambda value: scalars.number(value, kind.bits),
        "decimal": lambda value: scalars.decimal(value, kind.precision, kind.scale),
        "boolean": scalars.boolean,
        "date": lambda value: datetimes.day(value, format),
        "time": lambda value: datetimes.clock(value, format),
        "timestamp": lambda value: datetimes.timestamp(value, format),
        "timestamptz": lambda value: datetimes.timestamptz(value, format),
        "uuid": scalars.uuid,
        "json": scalars.json_text,
    }
    return made[kind.kind]


@dataclass(slots=True)
class ColumnConverter:
    """Converts batches of one column. `nulls` are texts that mean NULL. Results are remembered for the next batch."""

    convert: Convert
    nulls: frozenset[str]
    required: bool = False
    blank_is_null: bool = False
    _texts: dict[str | None, str] = field(default_factory=dict[str | None, str])
    _characters: int = 0

    def batch(self, values: Values) -> "Converted":
        """COPY's text for each distinct value, also of earlier batches, and the reasons for bad values."""
        if len(self._texts) > _MOST_REMEMBERED or self._characters > _MOST_CHARACTERS:
            self._texts, self._characters = {}, 0
        bad: dict[str | None, str] = {}
        for value in set(values).difference(self._texts):
            try:
                self._texts[value] = self._one(value)
                self._characters += len(self._texts[value])
            except ValueError as error:
                bad[value] = str(error)
        return Converted(self._texts, bad)

    def _one(self, value: str | None) -> str:
        if value is None or value in self.nulls or (self.blank_is_null and not value.strip()):
            if self.required:
                raise ValueError("must not be empty")
            return NULL
        return self.convert(value).translate(_ESCAPED)


@dataclass(frozen=True, slots=True)
class Converted:
    """COPY's text by good value, and the reason by bad value."""

    texts: Mapping[str | None, str]
    bad: Mapping[str | None, str]
