"""A code location with two assets, one read by the other, partitioned alike."""

import dagster as dg
from pydantic import BaseModel, ConfigDict

from buster_jobs.packages.errors import InvalidInput, PartlyFailed
from buster_jobs.runtime import Retry, TaskRun, asset

PLACES = dg.DynamicPartitionsDefinition(name="places")

executed: list[str] = []
broken: list[str] = []


class CopiedPayload(BaseModel):
    model_config = ConfigDict(extra="forbid")

    partition_key: str
    tables: list[str] = []


class Copied(BaseModel):
    rows: int
    tables: list[str]


@asset(partitions=PLACES, retry=Retry(max_attempts=2, min_timeout=0, max_timeout=0), critical=True, owner="team:data")
def copied(payload: CopiedPayload, run: TaskRun) -> Copied:
    """Copy, or fail as told."""
    executed.append(f"copied {payload.partition_key} {run.attempt}")
    print(f"copying {payload.partition_key}")
    if "copied" in broken:
        raise PartlyFailed("One of two tables failed.", result=Copied(rows=5, tables=["a"]), retryable=True)
    if payload.partition_key == "nowhere":
        raise InvalidInput("There is no such place.")
    return Copied(rows=10, tables=payload.tables)


class CountedPayload(BaseModel):
    model_config = ConfigDict(extra="forbid")

    partition_key: str


class Counted(BaseModel):
    share: float


@asset(partitions=PLACES, deps=[copied], concurrency={"place:{partition_key}": 1}, deadline=60, queue="default")
def counted(payload: CountedPayload) -> Counted:
    """Count."""
    executed.append(f"counted {payload.partition_key}")
    return Counted(share=0.5)


defs = dg.Definitions(assets=[copied, counted], executor=dg.in_process_executor)
