"""The combinations of readings that are tried: all of them, or the most likely 400."""

from collections.abc import Iterator
from itertools import product
from math import prod

from buster_jobs.packages.ai.offline.errors import Declined
from buster_jobs.packages.ai.offline.reading.readings import Col, Item, Reading, Tab, Val
from buster_jobs.packages.data_sources.catalog import Table

_MOST = 400
_EQUAL = 0.02

Scored = tuple[Reading, float]


def assignments(items: tuple[Item, ...]) -> Iterator[tuple[Scored, ...]]:
    """One reading for each item, in every combination of those that are kept.

    Raises `Declined` when equally likely ones would have to be left out.
    """
    named = {_key(r.table) for item in items for r, _ in item.readings if isinstance(r, Tab)}
    choices = [list(item.readings) for item in items]
    while prod(len(choice) for choice in choices) > _MOST:
        _drop_least_likely(choices, named)
    return product(*choices)


def _drop_least_likely(choices: list[list[Scored]], named: set[tuple[str, str]]) -> None:
    open_ones = [(at, scored) for at, choice in enumerate(choices) if len(choice) > 1 for scored in choice]
    at, worst = min(open_ones, key=lambda pair: (_near(pair[1][0], named), pair[1][1] - choices[pair[0]][0][1]))
    best = max(choices[at], key=lambda scored: (_near(scored[0], named), scored[1]))
    if _near(best[0], named) == _near(worst[0], named) and best[1] - worst[1] < _EQUAL:
        raise Declined("too many tables could be meant; name the one that you ask about")
    choices[at].remove(worst)


def _near(reading: Reading, named: set[tuple[str, str]]) -> bool:
    """Whether a reading is about a table that the question names, or about no table."""
    return not isinstance(reading, (Col, Val)) or _key(reading.table) in named


def _key(table: Table) -> tuple[str, str]:
    return table.schema, table.name
