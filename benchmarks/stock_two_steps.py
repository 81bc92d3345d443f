"""The same two steps in plain Dagster, with the executor that is kindest to it: all steps in the run's process."""

import dagster as dg


@dg.op
def first() -> int:
    return 1


@dg.op
def second(one: int) -> int:
    return one + 1


@dg.job(executor_def=dg.in_process_executor)  # pyright: ignore[reportUnknownMemberType] - Dagster's own signature
def two_steps() -> None:
    second(first())


defs = dg.Definitions(jobs=[two_steps])
