"""Whether the rows of an answer say what the rows of a gold query say. Extra columns of the answer do not matter."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import permutations


def plain(value: object) -> object:
    """A value as both sides write it."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float, Decimal)):
        return round(float(value), 4)
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def agree(answer: Sequence[Sequence[object]], gold: Sequence[Sequence[object]]) -> bool:
    """Whether some columns of `answer` hold exactly the rows of `gold`, in any order."""
    if len(answer) != len(gold):
        return False
    if not gold:
        return True
    wanted = sorted(str([plain(value) for value in row]) for row in gold)
    return any(
        sorted(str([plain(row[index]) for index in chosen]) for row in answer) == wanted
        for chosen in permutations(range(len(answer[0])), len(gold[0]))
    )
