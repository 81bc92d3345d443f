"""Properties of PostgreSQL's types, by name as `format_type` spells it: order, equality, which type holds another."""

import re

_WHOLE = ("smallint", "integer", "bigint")
_COMPARED = re.compile(
    r"(smallint|integer|bigint|numeric\(.*\)|real|double precision|boolean|text|character varying.*|date|uuid|bytea"
    r"|inet|cidr|time.* without time zone|timestamp.*)$"
)
_ORDERED = re.compile(r"(smallint|integer|bigint|numeric.*|real|double precision|date|timestamp.*)$")
_WITHOUT_ORDER = re.compile(r"(json|point|line|lseg|box|path|polygon|circle)(\[\])*$")
_BOUNDED = re.compile(r"(numeric.*|real|double precision|date|timestamp.*)$")


def can_be_key(name: str) -> bool:
    """Whether a column of the type can be indexed, as a key must be."""
    return not _WITHOUT_ORDER.fullmatch(name)


def widens(old: str, new: str) -> bool:
    """Whether type `new` holds every value of type `old` with the same meaning."""
    if old == new or _in_order(old, new, (*_WHOLE, "numeric")) or _in_order(old, new, ("real", "double precision")):
        return True
    if old in _WHOLE and new in ("real", "double precision"):
        return True
    return _longer(old, new) or _more_digits(old, new) or _finer(old, new)


def _in_order(old: str, new: str, order: tuple[str, ...]) -> bool:
    return old in order and new in order and order.index(old) <= order.index(new)


def _longer(old: str, new: str) -> bool:
    texts = ("text", "character varying")
    if not old.startswith(("character", "text")):
        return False
    if new in texts:
        return True
    return _base(old) == _base(new) and _numbers(old) != [] and _numbers(new) >= _numbers(old)


def _more_digits(old: str, new: str) -> bool:
    if _base(old) != "numeric" or _base(new) != "numeric":
        return False
    if not _numbers(new):
        return True
    if not _numbers(old):
        return False
    (digits, scale), (more, new_scale) = _precision(old), _precision(new)
    return new_scale >= scale and more - new_scale >= digits - scale


def _finer(old: str, new: str) -> bool:
    """Times with more fractional digits, and dates that became timestamps."""
    if old == "date" and re.fullmatch(r"timestamp(\(\d\))? without time zone", new):
        return True
    if not old.startswith(("time", "interval")) or _base(old) != _base(new):
        return False
    return (_numbers(new) or [6]) >= (_numbers(old) or [6])


def _base(name: str) -> str:
    return re.sub(r"\([^)]*\)", "", name)


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name.partition("(")[2].partition(")")[0])]


def _precision(name: str) -> tuple[int, int]:
    digits, *scale = _numbers(name)
    return digits, (scale or [0])[0]


def is_ordered(name: str) -> bool:
    """Whether a column of the type can be a cursor."""
    return _is(name, _ORDERED)


def is_bounded_by_infinity(name: str) -> bool:
    """Whether the type has infinity, or NaN, which is greater than every other value."""
    return _is(name, _BOUNDED)


def is_compared_as_it_is(name: str) -> bool:
    """Whether equal values of the type are identical. Values of other types are compared as text."""
    return _is(name, _COMPARED)


def _is(name: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(name) is not None
