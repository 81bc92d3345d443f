"""Values of a database turned into values that JSON and PostgreSQL's jsonb can hold."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import cast

from pydantic import JsonValue


def clean_text(text: str) -> str:
    """The text without NUL characters and lone surrogates, which neither jsonb nor UTF-8 can hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def shorten(text: str, limit: int) -> str:
    """The first `limit` characters of a longer text, followed by how many were left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit} more characters)"


def json_value(value: object, limit: int) -> JsonValue:
    """The value as JSON can hold it; texts keep `limit` characters.

    Numbers stay numbers: a Decimal with a fraction becomes the nearest float, a whole one an int. NaN and infinities
    become text. Bytes become a note of their size.
    """
    match value:
        case None | bool() | int():
            return value
        case float() | Decimal():
            return _number(value, limit)
        case Mapping() | list() | tuple():
            return _nested(cast("Mapping[object, object] | Sequence[object]", value), limit)
        case _:
            return shorten(clean_text(_text(value)), limit)


def _text(value: object) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | bytearray():
            return f"({len(value)} bytes)"
        case memoryview():
            return f"({value.nbytes} bytes)"
        case _:
            return str(value)


def _number(value: float | Decimal, limit: int) -> JsonValue:
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if not finite:
        return str(value)
    if isinstance(value, Decimal) and value.adjusted() < 40 and value == value.to_integral_value():
        return int(value)
    number = float(value)
    return number if math.isfinite(number) else shorten(str(value), limit)


def _nested(value: Mapping[object, object] | Sequence[object], limit: int) -> JsonValue:
    """Lists and objects as they are when their JSON has at most `limit` characters, else as shortened text."""
    plain = _plain(value, limit)
    text = json.dumps(plain, ensure_ascii=False)
    return plain if len(text) <= limit else shorten(text, limit)


def _plain(value: Mapping[object, object] | Sequence[object], limit: int) -> JsonValue:
    if isinstance(value, Mapping):
        return {clean_text(str(key)): json_value(item, limit) for key, item in value.items()}
    return [json_value(item, limit) for item in value]


def json_rows(rows: Sequence[Sequence[object]], limit: int) -> list[list[JsonValue]]:
    """Rows of `json_value`s."""
    return [[json_value(value, limit) for value in row] for row in rows]
