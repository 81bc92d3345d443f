"""What a refresh of many views comes to."""

from collections.abc import Sequence

from pydantic import BaseModel

from buster_jobs.packages.errors import PartlyFailed
from buster_jobs.packages.warehouse.views.values import Outcome


class ViewsRefreshed(BaseModel):
    """How many views went which way, rows and bytes of those refreshed, and by view the problems of the others."""

    success: bool
    refreshed: int
    failed: int
    skipped: int
    rows: int
    bytes: int
    problems: dict[str, str]


def summed_up(outcomes: Sequence[Outcome]) -> ViewsRefreshed:
    """The result. Raises `PartlyFailed` with it when a view failed; what was refreshed stays."""
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    problems = {outcome.view: outcome.error for outcome in outcomes if outcome.error}
    result = ViewsRefreshed(
        success=not failed,
        refreshed=sum(outcome.status == "refreshed" for outcome in outcomes),
        failed=len(failed),
        skipped=sum(outcome.status == "skipped" for outcome in outcomes),
        rows=sum(outcome.rows or 0 for outcome in outcomes),
        bytes=sum(outcome.bytes or 0 for outcome in outcomes),
        problems=problems,
    )
    if failed:
        first = failed[0]
        message = f"{len(failed)} of {len(outcomes)} views failed, and keep their last content: {first.view}: "
        raise PartlyFailed(
            message + (first.error or ""), result=result, retryable=any(outcome.retryable for outcome in failed)
        )
    return result
