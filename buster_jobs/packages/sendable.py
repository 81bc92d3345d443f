"""Checks that apps and workers share: a trigger may hold the numbers of JSON and the text of PostgreSQL.

Its imports are light, because the client imports it.
"""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import cast

from buster_jobs.packages.errors import InvalidInput


def check_trigger(tags: Mapping[str, str], payload: object) -> None:
    """Raises `InvalidInput`, which names the tag or the payload's field that could be neither kept nor shown."""
    check_tags(tags)
    field = non_finite_number(payload)
    if field is not None:
        raise InvalidInput(f"Field {field} must be a finite number: JSON has neither NaN nor infinity.")


def non_finite_number(payload: object) -> str | None:
    """The place, such as "limits.0", of a NaN or infinite number in a payload; None if there is none."""
    return next((".".join(place) for place in _non_finite(payload, ())), None)


def check_tags(tags: Mapping[str, str]) -> None:
    """Raises `InvalidInput`, which names the tag, for text that PostgreSQL cannot hold."""
    for name, value in tags.items():
        if not (is_storable(name) and is_storable(value)):
            raise InvalidInput(f"Tag {name!a} must hold neither NUL characters nor half surrogates.")


def is_storable(value: str) -> bool:
    """Whether PostgreSQL can hold the text: it has neither NUL nor half surrogates."""
    try:
        value.encode()  # many times faster than a loop over characters: every trigger's payload is checked
    except UnicodeEncodeError:
        return False
    return "\x00" not in value


def _non_finite(value: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, float) and not isfinite(value):
        yield place
    elif isinstance(value, Mapping):
        for key, item in cast("Mapping[object, object]", value).items():
            yield from _non_finite(item, (*place, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[object]", value)):
            yield from _non_finite(item, (*place, str(index)))
