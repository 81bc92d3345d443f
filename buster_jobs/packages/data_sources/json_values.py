"""From a driver's values to JSON. A number that JSON would change becomes text, so nothing is rounded silently."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias, cast
from uuid import UUID

from buster_jobs.packages.data_sources.source import QueryResult

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

# JavaScript's Number.MAX_SAFE_INTEGER: a larger number would change on its way through a browser.
LARGEST_SAFE_INTEGER = 2**53 - 1
MOST_HEX_BYTES = 32


def json_rows(result: QueryResult) -> list[list[JsonValue]]:
    """The rows of a result, each a list in the order of `result.columns` (names may repeat)."""
    return [[to_json_value(value) for value in row] for row in result.rows]


def to_json_value(value: object) -> JsonValue:
    """One value. Integers beyond 2^53 and decimals that a float would change become text; so do NaN and infinity.

    Dates and times are ISO 8601, an interval is text such as "1 day, 2:00:00", bytes are hex after "\\x" (the first 32
    and their number), ranges and what we do not know are their text.
    """
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) <= LARGEST_SAFE_INTEGER else str(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return _decimal(value)
        case _:
            return _composed(value)


def _decimal(value: Decimal) -> JsonValue:
    if not value.is_finite() or value.adjusted() > 308:
        return str(value)
    if value == value.to_integral_value():
        return to_json_value(int(value))
    # repr of a float is its shortest spelling, so equality means that the decimal survives the round trip.
    return float(value) if Decimal(repr(float(value))) == value else str(value)


def _composed(value: object) -> JsonValue:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta() | UUID():
            return str(value)
        case bytes():
            return _hex(value)
        case dict():
            items = cast("dict[object, object]", value).items()
            return {str(key): to_json_value(item) for key, item in items}
        case list() | tuple():
            return [to_json_value(item) for item in cast("list[object]", value)]
        case _:
            return str(value)


def _hex(value: bytes) -> str:
    shown = f"\\x{value[:MOST_HEX_BYTES].hex()}"
    return shown if len(value) <= MOST_HEX_BYTES else f"{shown}… ({len(value)} bytes)"
