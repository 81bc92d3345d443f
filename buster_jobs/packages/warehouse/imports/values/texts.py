"""Text, booleans, UUIDs and JSON."""

import json
from typing import NoReturn
from uuid import UUID

from buster_jobs.packages.database.storable_values import checked_json
from buster_jobs.packages.errors import InvalidInput

_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), "t"),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), "f"),
}


def text(value: str, length: int | None, *, trim: bool) -> str:
    """Text that PostgreSQL can hold, as it is."""
    value = value.strip() if trim else value
    check_text(value)
    if length is not None and len(value) > length:
        raise ValueError(f"has more than {length} characters")
    return value


def check_text(value: str) -> None:
    """Raises ValueError for bytes that were not of the file's encoding, and for what PostgreSQL cannot hold."""
    if value.isascii():
        if "\x00" in value:
            raise ValueError("has a NUL character, which PostgreSQL cannot hold")
        return
    try:
        value.encode()
    except UnicodeEncodeError as error:
        code = ord(value[error.start])
        # surrogateescape, with which files are decoded, keeps a byte that is not of their encoding as U+DC80 to DCFF.
        what = f"the byte 0x{code - 0xDC00:02X}, which is not of the file's encoding"
        raise ValueError(f"has {what if 0xDC80 <= code <= 0xDCFF else 'half a surrogate pair'}") from None
    if "\x00" in value:
        raise ValueError("has a NUL character, which PostgreSQL cannot hold")


def boolean(value: str) -> str:
    """True or false, in any of the words that PostgreSQL takes."""
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
    """JSON, in its own spelling."""
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
