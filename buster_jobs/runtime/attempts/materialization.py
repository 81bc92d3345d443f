"""What Dagster is told of an asset's new content: numbers, which it plots over time."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from buster_jobs.packages.errors import PartlyFailed
from buster_jobs.runtime.target import PARTITION


def plotted(result: JsonValue, seconds: float) -> dict[str, int | float]:
    """The numbers of a result, with the seconds that it took, and the rows of each if there are rows."""
    numbers: dict[str, int | float] = {}
    if isinstance(result, Mapping):
        numbers = {name: value for name, value in result.items() if type(value) in (int, float)}  # pyright: ignore[reportAssignmentType]
    numbers.setdefault("seconds", round(seconds, 3))
    if "rows" in numbers:
        numbers.setdefault("rows_per_second", round(numbers["rows"] / max(seconds, 0.001), 1))
    return numbers


def tell_part(context: dg.OpExecutionContext, error: PartlyFailed, seconds: float) -> None:
    """The run fails, but some of its asset's content is new: what reads it has to know."""
    result: Any = to_jsonable_python(error.result)
    partition = context.run.tags.get(PARTITION)
    metadata = plotted(result, seconds) | {"result": dg.MetadataValue.json(result), "failure": error.message}
    context.log_event(dg.AssetMaterialization(context.asset_key, metadata=metadata, partition=partition))
