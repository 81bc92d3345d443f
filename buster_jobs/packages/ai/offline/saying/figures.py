"""Numbers, dates and other values written for people."""

import calendar
from datetime import date, datetime
from decimal import Decimal

# The most groups or rows that a sentence lists.
TOLD = 3
CENTS = frozenset({"cent", "cents"})
Row = tuple[object, ...]

_SMALL = Decimal("0.01")


def show_number(value: object) -> str:
    """1,234 and 25.9: thousands separated, at most two digits of a fraction, small values to two significant digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return show_value(value)
    number = Decimal(str(value))
    if not number.is_finite():
        return str(value)
    if number == number.to_integral_value():
        return f"{int(number):,}"
    if abs(number) < _SMALL:
        return f"{number:.2g}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def show_amount(value: object, unit: str | None) -> str:
    """A number with its unit. Cents are converted into whole units of money."""
    if unit in CENTS and isinstance(value, (int, float, Decimal)):
        return f"{Decimal(str(value)) / 100:,.2f}"
    if not unit:
        return show_number(value)
    return f"{show_number(value)}{'' if unit == '%' else ' '}{unit}"


def show_value(value: object) -> str:
    """Any value of a result as text."""
    match value:
        case None:
            return "(none)"
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return show_number(value)
        case datetime():
            return (
                f"{value:%Y-%m-%d}"
                if (value.hour, value.minute, value.second) == (0, 0, 0)
                else f"{value:%Y-%m-%d %H:%M}"
            )
        case date():
            return f"{value:%Y-%m-%d}"
        case _:
            text = str(value)
            return text if len(text) <= 80 else text[:79] + "\u2026"


def show_bucket(bucket: str, values: tuple[object, ...]) -> str:
    """A bucket of time as text: "July 2013", "Monday", "quarter 2 of 2013"."""
    if any(value is None for value in values):
        return "(none)"
    first = values[0]
    if isinstance(first, str):
        # SQLite has no type for a date.
        first = date.fromisoformat(first)
    if isinstance(first, date):
        return _show_date(bucket, first)
    whole = [int(str(value)) for value in values]
    return _show_parts(bucket, whole[-1], whole[:-1])


def _show_date(bucket: str, day: date) -> str:
    match bucket:
        case "month":
            return f"{calendar.month_name[day.month]} {day.year}"
        case "quarter":
            return f"quarter {(day.month + 2) // 3} of {day.year}"
        case "week":
            return f"the week of {show_value(day)}"
        case _:
            return show_value(day)


def _show_parts(bucket: str, last: int, before: list[int]) -> str:
    match bucket:
        case "month" if 1 <= last <= 12:
            return " ".join([calendar.month_name[last], *map(str, before)])
        case "quarter":
            return " of ".join([f"quarter {last}", *map(str, before)])
        case "weekday" if 1 <= last <= 7:
            return calendar.day_name[last - 1]
        case "day":
            return "-".join(f"{part:02d}" for part in (*before, last))
        case _:
            return f"hour {last}" if bucket == "hour" else str(last)
