"""The narrowest type that every value of a column fits, so that a new table can be made of a file that names none.

Stricter than what a declared type takes: 007 stays text, and 1 is an integer and no boolean.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from buster_jobs.packages.warehouse.imports.batches import TypedText
from buster_jobs.packages.warehouse.imports.values import datetimes, scalars
from buster_jobs.packages.warehouse.imports.values.types import SqlType

_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 100

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,99})(?:\.[0-9]{1,100})?", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,99})(?:\.[0-9]{1,100})?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_ZONED = re.compile(r".*:.*(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)", re.ASCII)


def _is(check: Callable[[str, None], str]) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        try:
            check(value, None)
        except ValueError:
            return False
        return value == value.strip()

    return fits


_is_timestamptz = _is(datetimes.timestamptz)


def _is_json(value: str) -> bool:
    if not value.startswith(("{", "[")):
        return False
    try:
        scalars.json_text(value)
    except ValueError:
        return False
    return True


_FITS: dict[str, Callable[[str], object]] = {
    "boolean": lambda value: value.lower() in ("true", "false"),
    "integer": _INTEGER.fullmatch,
    "decimal": _DECIMAL.fullmatch,
    "number": _NUMBER.fullmatch,
    "date": _is(datetimes.day),
    "time": _is(datetimes.clock),
    "timestamp": _is(datetimes.timestamp),
    # Without a zone a moment is taken for UTC where that was declared; here it must have one.
    "timestamptz": lambda value: _ZONED.fullmatch(value) and _is_timestamptz(value),
    "uuid": _UUID.fullmatch,
    "json": _is_json,
}
"""In the order in which they are preferred."""


def _may_be(kind: str, value: str, possible: Sequence[str]) -> bool:
    """A source that knows of one kind only is taken at its word: it may have NaN, which else is a word."""
    return kind in possible and (len(possible) == 1 or bool(_FITS[kind](value)))


class Inference:
    """What one column can be, after all that it has seen."""

    def __init__(self, text_kinds: Sequence[str] | None) -> None:
        self._text_kinds = tuple(_FITS) if text_kinds is None else text_kinds
        self._left: list[str] = list(_FITS)
        self._seen = False
        self._known: set[str] = set()

    def see(self, values: Iterable[str]) -> None:
        """Values that are there."""
        new = set(values).difference(self._known)
        self._seen |= bool(new)
        if len(self._known) < _MOST_REMEMBERED:
            self._known |= {value for value in new if len(value) <= _LONGEST_REMEMBERED}
        for value in new:
            if self._left:
                possible = value.kinds if isinstance(value, TypedText) else self._text_kinds
                self._left = [kind for kind in self._left if _may_be(kind, value, possible)]

    def result(self) -> SqlType:
        """Text, for a column that fits nothing else or has no value at all."""
        return SqlType(kind=self._left[0] if self._seen and self._left else "text")
