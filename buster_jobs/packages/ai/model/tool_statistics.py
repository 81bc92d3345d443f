"""How the description of a table tells the model what is known of its columns. Every value in it is data."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

from pydantic import JsonValue

from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.ai.schema.statistics import ColumnStatistics, TableStatistics, age
from buster_jobs.packages.ai.values import json_value

Described = dict[str, JsonValue]

_FEW = 3


def with_statistics(described: Described, known: TableStatistics | None, limits: Limits) -> Described:
    """The description with as much of what is known as leaves room for every column, and with how old that is."""
    if known is None:
        return described
    for told in _tellings(known, limits.cell_characters):
        columns = cast("list[Described]", described["columns"])
        full: Described = {
            **described,
            "statistics": _source(known),
            "columns": [{**column, **told.get(str(column["name"]), {})} for column in columns],
        }
        if len(json.dumps(full, ensure_ascii=False)) <= limits.result_characters:
            return full
    return described


def _source(known: TableStatistics) -> Described:
    now = datetime.now(UTC)
    return {
        "from": "a sample of the rows, not exact",
        "as_of": known.looked_at.astimezone(UTC).isoformat(timespec="minutes"),
        "age": age(known.looked_at, now),
        "rows_then": known.rows,
    }


def _tellings(known: TableStatistics, limit: int) -> Iterator[dict[str, Described]]:
    """By column, the fullest first."""
    yield {name: _told(column, limit, None) for name, column in known.columns.items()}
    yield {name: _told(column, limit, _FEW) for name, column in known.columns.items()}
    yield {name: {"null_share": column.null_share} for name, column in known.columns.items()}


def _told(column: ColumnStatistics, limit: int, most: int | None) -> Described:
    told: Described = {"null_share": column.null_share, "distinct_values": column.distinct_count}
    if column.minimum is not None:
        told |= {"minimum": json_value(column.minimum, limit), "maximum": json_value(column.maximum, limit)}
    if column.most_common:
        told["most_common"] = [[json_value(value, limit), share] for value, share in column.most_common[:most]]
    if column.all_values is not None and most is None:
        told["all_values"] = [json_value(value, limit) for value in column.all_values]
    return told
