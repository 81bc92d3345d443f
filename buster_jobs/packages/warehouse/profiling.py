"""Profiles of columns, computed from a sample of their table's rows."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, JsonValue

from buster_jobs.packages.data_sources.catalog import Column, Table
from buster_jobs.packages.data_sources.json_values import to_json_value
from buster_jobs.packages.data_sources.source import QueryResult

SAMPLE_ROWS = 10_000

_MOST_COMMON = 10
_MOST_VALUES = 50
_LONGEST_VALUE = 100
_SHORT = 40


class ColumnProfile(BaseModel):
    """Shares are of the sampled rows. `distinct_count` is an estimate unless the profile is `complete`.

    `values` are all values of a short text column that has few, the most common first. `complete` says that the sample
    has every row of the table.
    """

    name: str
    null_share: float
    distinct_count: int
    minimum: JsonValue = None
    maximum: JsonValue = None
    most_common: list[tuple[JsonValue, float]] = []
    values: list[str] | None = None
    complete: bool = False


def profile_columns(table: Table, sample: QueryResult, asked: int) -> list[ColumnProfile]:
    """A profile of each column of the table. The sample has them in the same order; `asked` rows were requested."""
    looked_at = len(sample.rows)
    # Both conditions: the table's own row count may be an old estimate.
    complete = table.row_count <= looked_at < asked and not sample.truncated
    profiles = [
        _profile(column, [row[place] for row in sample.rows], max(table.row_count, looked_at))
        for place, column in enumerate(table.columns)
    ]
    return [profile.model_copy(update={"complete": complete}) for profile in profiles]


def _profile(column: Column, sampled: Sequence[object], rows: int) -> ColumnProfile:
    values = [_shown(value) for value in sampled if value is not None]
    if not values:
        return ColumnProfile(name=column.name, null_share=1.0 if sampled else 0.0, distinct_count=0)
    counts = Counter(values)
    least, most = _range(column, sampled)
    return ColumnProfile(
        name=column.name,
        null_share=round(1 - len(values) / len(sampled), 4),
        distinct_count=_distinct(counts, len(values), round(rows * len(values) / len(sampled))),
        minimum=least,
        maximum=most,
        most_common=[
            (value, round(count / len(sampled), 4)) for value, count in counts.most_common(_MOST_COMMON) if count > 1
        ],
        values=_few(column, counts),
    )


def _shown(value: object) -> Any:
    """The value as hashable JSON, cut to `_LONGEST_VALUE` characters."""
    plain = to_json_value(value)
    shown = str(plain) if isinstance(plain, (list, dict)) else plain
    return f"{shown[:_LONGEST_VALUE]}…" if isinstance(shown, str) and len(shown) > _LONGEST_VALUE else shown


def _range(column: Column, sampled: Sequence[object]) -> tuple[JsonValue, JsonValue]:
    if column.type in ("json", "other"):
        return None, None
    found: list[Any] = [value for value in sampled if value is not None]
    try:
        return _shown(min(found)), _shown(max(found))
    except TypeError:  # such as an infinite date, which is text, among dates
        return None, None


def _distinct(counts: Counter[Any], sampled: int, rows: int) -> int:
    """Estimate distinct values from a sample: n·d / (n - f1 + f1·n/N), with f1 the values that occur once.

    Haas and Stokes 1998, "Estimating the Number of Classes in a Finite Population", the estimator Duj1, as in
    PostgreSQL's ANALYZE.
    """
    distinct = len(counts)
    once = sum(1 for count in counts.values() if count == 1)
    if sampled >= rows or not once:
        return distinct
    return min(rows, round(sampled * distinct / (sampled - once + once * sampled / rows)))


def _few(column: Column, counts: Counter[Any]) -> list[str] | None:
    if column.type != "text" or len(counts) > _MOST_VALUES or any(len(str(value)) > _SHORT for value in counts):
        return None
    return [str(value) for value, _count in counts.most_common()]
