"""Integers, numbers and decimals."""

import math
import re
from decimal import Decimal

_INTEGER = re.compile(r"[+-]?[0-9]{1,30}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?", re.ASCII)
_SPECIAL = {"nan": "NaN", "inf": "Infinity", "+inf": "Infinity", "-inf": "-Infinity"} | {
    name.lower(): name for name in ("Infinity", "-Infinity")
}
_FLOAT4_MAX = 3.4028234663852886e38
_MOST_DIGITS = 1_000
"""PostgreSQL's numeric has room for more, but no more can be declared, and arithmetic on them takes minutes."""


def integer(text: str, bits: int) -> str:
    """A whole number, in as many bits."""
    text = text.strip()
    if not _INTEGER.fullmatch(text):
        raise ValueError("is no integer")
    number = int(text)
    if not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise ValueError(f"does not fit into an integer of {bits} bits")
    return str(number)


def number(text: str, bits: int) -> str:
    """A floating-point number; NaN and infinities too."""
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
