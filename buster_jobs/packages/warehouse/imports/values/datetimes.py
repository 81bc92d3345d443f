"""Converters of dates and times, in ISO 8601 or in a declared strptime format. ValueError says what is wrong."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TypeVar

T = TypeVar("T")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6}0*)?)?"
_CLOCK = re.compile(_TIME, re.ASCII)
_MOMENT = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_TIME})\s?(Z|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?", re.ASCII)
_EXTRA_ZEROS = re.compile(r"([.,][0-9]{6})0+", re.ASCII)


def day(text: str, format: str | None) -> str:
    """A date."""
    text = text.strip()
    if format:
        return _by_format(text, format).date().isoformat()
    if not _DATE.fullmatch(text):
        raise ValueError("is no date: write it as 2031-05-17, or declare its format")
    return _real(date.fromisoformat, text, "is no date of the calendar").isoformat()


def clock(text: str, format: str | None) -> str:
    """A time of day, without a zone."""
    text = text.strip()
    if format:
        return _by_format(text, format).time().isoformat()
    if not _CLOCK.fullmatch(text):
        raise ValueError("is no time: write it as 09:30:00, or declare its format")
    return _real(time.fromisoformat, _EXTRA_ZEROS.sub(r"\1", text), "is no time of the day").isoformat()


def timestamp(text: str, format: str | None) -> str:
    """A date and time without a zone."""
    moment = _moment(text, format)
    if moment.tzinfo is not None:
        raise ValueError("has a zone, which the column cannot keep: declare it as timestamptz")
    return moment.isoformat(sep=" ")


def timestamptz(text: str, format: str | None) -> str:
    """A date and time with a zone; UTC if it has none."""
    moment = _moment(text, format)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(sep=" ")


def _moment(text: str, format: str | None) -> datetime:
    text = text.strip()
    if format:
        return _by_format(text, format)
    if _DATE.fullmatch(text):
        return _real(datetime.fromisoformat, text, "is no date of the calendar")
    if not (found := _MOMENT.fullmatch(text)):
        raise ValueError("is no timestamp: write it as 2031-05-17 09:30:00, or declare its format")
    whole = _EXTRA_ZEROS.sub(r"\1", found[1]) + (found[2] or "")
    return _real(datetime.fromisoformat, whole, "is no date and time of the calendar")


def _by_format(text: str, format: str) -> datetime:
    return _real(lambda value: datetime.strptime(value, format), text, f"does not look like {format}")


def _real(parse: Callable[[str], T], text: str, otherwise: str) -> T:
    try:
        return parse(text)
    except (ValueError, OverflowError):
        raise ValueError(otherwise) from None
