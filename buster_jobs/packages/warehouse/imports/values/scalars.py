"""Converters of text, numbers, booleans, UUIDs and JSON: each checks a value and returns it as PostgreSQL reads it."""

import json
import math
import re
from decimal import Decimal
from typing import NoReturn
from uuid import UUID

from buster_jobs.packages.database.storable_values import checked_json
from buster_jobs.packages.errors import InvalidInput

_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), "t"),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), "f"),
}
_INTEGER = re.compile(r"[+-]?[0-9]{1,30}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?", re.ASCII)
_SPECIAL = {"nan": "NaN", "inf": "Infinity", "+inf": "Infinity", "-inf": "-Infinity"} | {
    name.lower(): name for name in ("Infinity", "-Infinity")
}
_FLOAT4_MAX = 3.4028234663852886e38
_MOST_DIGITS = 1_000
"""The largest precision that can be declared in PostgreSQL; arithmetic on longer numbers takes minutes."""


def text(value: str, length: int | None, *, trim: bool) -> str:
    """Text that PostgreSQL can hold, unchanged but for trimming."""
    value = value.strip() if trim else value
    check_text(value)
    if length is not None and len(value) > length:
        raise ValueError(f"has more than {length} characters")
    return value


def check_text(value: str) -> None:
    """Raises ValueError for bytes that the file's encoding lacks, and for characters that PostgreSQL cannot hold."""
    if value.isascii():
        if "\x00" in value:
            raise ValueError("has a NUL character, which PostgreSQL cannot hold")
        return
    try:
        value.encode()
    except UnicodeEncodeError as error:
        code = ord(value[error.start])
        # Files are decoded with surrogateescape, which maps bytes of another encoding to U+DC80 to U+DCFF.
        what = f"the byte 0x{code - 0xDC00:02X}, which is not of the file's encoding"
        raise ValueError(f"has {what if 0xDC80 <= code <= 0xDCFF else 'half a surrogate pair'}") from None
    if "\x00" in value:
        raise ValueError("has a NUL character, which PostgreSQL cannot hold")


def boolean(value: str) -> str:
    """True or false, in any spelling that PostgreSQL accepts."""
    found = _BOOLEANS.get(value.strip().lower())
    if found is None:
        raise ValueError("is neither true nor false")
    return found


def uuid(value: str) -> str:
    """A UUID."""
    try:
        return str(UUID(value.strip()))
    except ValueError:
        raise ValueError("is no UUID") from None


def json_text(value: str) -> str:
    """JSON, with its spelling unchanged."""
    try:
        checked_json(json.loads(value, parse_constant=_no_constant))
    except InvalidInput:
        raise ValueError("is JSON that PostgreSQL cannot hold") from None
    except (ValueError, RecursionError):
        raise ValueError("is no JSON") from None
    check_text(value)
    return value


def _no_constant(_name: str) -> NoReturn:
    raise ValueError


def integer(text: str, bits: int) -> str:
    """A whole number that fits into so many bits."""
    text = text.strip()
    if not _INTEGER.fullmatch(text):
        raise ValueError("is no integer")
    number = int(text)
    if not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise ValueError(f"does not fit into an integer of {bits} bits")
    return str(number)


def number(text: str, bits: int) -> str:
    """A floating-point number of so many bits, NaN and infinities included."""
    text = text.strip()
    if special := _SPECIAL.get(text.lower()):
        return special
    if not _DECIMAL.fullmatch(text):
        raise ValueError("is no number")
    value = float(text)
    if math.isinf(value) or (bits == 32 and abs(value) > _FLOAT4_MAX):
        raise ValueError("is too large a number")
    if bits == 32 and value and abs(value) < 1e-37:
        raise ValueError("is too small a number")
    return repr(value)


def decimal(text: str, precision: int | None, scale: int | None) -> str:
    """An exact number, never rounded."""
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        raise ValueError("is no decimal number")
    value = Decimal(text)
    if len(text) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"has more than {_MOST_DIGITS} digits")
    if precision is not None and scale is not None:
        _check_digits(value, precision, scale)
    return text


def _check_digits(value: Decimal, precision: int, scale: int) -> None:
    if not value:
        return
    _, digits, exponent = value.as_tuple()
    if -(int(exponent) + _trailing_zeros(digits)) > scale:
        raise ValueError(f"has more than {scale} decimals")
    if value.adjusted() >= precision - scale:
        raise ValueError(f"has more than {precision - scale} digits before the point")


def _trailing_zeros(digits: tuple[int, ...]) -> int:
    return len(digits) - len("".join(map(str, digits)).rstrip("0"))
