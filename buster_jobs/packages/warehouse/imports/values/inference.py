"""Infers the narrowest type that fits every value of a column, for a new table.

Stricter than conversion to a declared type: 007 stays text, and 1 is an integer, never a boolean.
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
    # Conversion to a declared timestamptz reads a missing zone as UTC; inference requires a zone.
    "timestamptz": lambda value: _ZONED.fullmatch(value) and _is_timestamptz(value),
    "uuid": _UUID.fullmatch,
    "json": _is_json,
}
"""In order of preference."""


def _may_be(kind: str, value: str, possible: Sequence[str]) -> bool:
    """If the source knows the type, no pattern is applied: a number may be NaN, which would match none."""
    return kind in possible and (len(possible) == 1 or bool(_FITS[kind](value)))


class Inference:
    """The types that one column can still have, after all values seen so far."""

    def __init__(self, text_kinds: Sequence[str] | None) -> None:
        self._text_kinds = tuple(_FITS) if text_kinds is None else text_kinds
        self._left: list[str] = list(_FITS)
        self._seen = False
        self._known: set[str] = set()

    def see(self, values: Iterable[str]) -> None:
        """Exclude the types that do not fit these values, none of which is missing."""
        new = set(values).difference(self._known)
        self._seen |= bool(new)
        if len(self._known) < _MOST_REMEMBERED:
            self._known |= {value for value in new if len(value) <= _LONGEST_REMEMBERED}
        for value in new:
            if self._left:
                possible = value.kinds if isinstance(value, TypedText) else self._text_kinds
                self._left = [kind for kind in self._left if _may_be(kind, value, possible)]

    def result(self) -> SqlType:
        """The preferred type of those left; text if none is left, or no value was seen."""
        return SqlType(kind=self._left[0] if self._seen and self._left else "text")
