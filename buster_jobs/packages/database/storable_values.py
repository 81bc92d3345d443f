"""Checks values for PostgreSQL's text and JSON types, and makes them fit."""

import json
from math import isfinite
from typing import Any, cast

from pydantic_core import to_jsonable_python

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.sendable import is_storable

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable_text(value: str) -> str:
    """`value` with each NUL and lone surrogate, which PostgreSQL cannot hold, replaced by U+FFFD."""
    return value.replace("\x00", _REPLACEMENT).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def storable_json(value: object) -> Any:
    """`value` as plain JSON values: dates and UUIDs as text, NaN and infinities as null, text as `storable_text` does.

    For records of events, which must always be writable. Values that must come back unchanged need `checked_json`.
    """
    return _cleaned(to_jsonable_python(value, inf_nan_mode="null", serialize_unknown=True))


def json_text(value: object) -> str:
    """`value` as JSON for a column of type json; NaN and infinities, which JSON lacks, become text."""
    return json.dumps(_finite(to_jsonable_python(value, serialize_unknown=True)))


def checked_json(value: object) -> Any:
    """`value`, if PostgreSQL's JSON returns it unchanged. Raises `InvalidInput`, which names the place, if not.

    Refused are values of other types than JSON's, keys other than text, NaN, infinities, and text with NUL characters
    or lone surrogates.
    """
    _check(value, "the value")
    return value


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[repr(value)]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in cast("dict[object, object]", value).items()}
    if isinstance(value, list):
        return [_finite(item) for item in cast("list[object]", value)]
    return value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, dict):
        items = cast("dict[object, object]", value).items()
        return {storable_text(str(key)): _cleaned(item) for key, item in items}
    if isinstance(value, list):
        return [_cleaned(item) for item in cast("list[object]", value)]
    return value


def _check(value: object, place: str) -> None:
    match value:
        case dict():
            for key, item in cast("dict[object, object]", value).items():
                _check_key(key, place)
                _check(item, f"{place}[{key!r}]")
        case list():
            for index, item in enumerate(cast("list[object]", value)):
                _check(item, f"{place}[{index}]")
        case _:
            _check_scalar(value, place)


def _check_key(key: object, place: str) -> None:
    if not isinstance(key, str):
        raise InvalidInput(f"JSON cannot hold the key {key!r} in {place}: use text.")
    _check_scalar(key, f"a key of {place}")


def _check_scalar(value: object, place: str) -> None:
    if not isinstance(value, str | float | int | None):  # a bool is an int
        raise InvalidInput(f"JSON cannot hold the {type(value).__name__} in {place}: use text, numbers, lists, dicts.")
    if isinstance(value, str) and not is_storable(value):
        raise InvalidInput(f"The database cannot hold the text in {place}: remove NUL characters and half surrogates.")
    if isinstance(value, float) and not isfinite(value):
        raise InvalidInput(f"JSON cannot hold the number {value} in {place}: use null.")
