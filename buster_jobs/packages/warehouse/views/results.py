"""The result of a refresh of many views, as a run returns it."""

from collections.abc import Sequence

from pydantic import BaseModel

from buster_jobs.packages.errors import PartlyFailed
from buster_jobs.packages.warehouse.views.values import Outcome


class ViewsRefreshed(BaseModel):
    """Counts of views by status, rows and bytes of the refreshed ones, and the problems of the others by view."""

    success: bool
    refreshed: int
    failed: int
    skipped: int
    rows: int
    bytes: int
    problems: dict[str, str]


def summed_up(outcomes: Sequence[Outcome]) -> ViewsRefreshed:
    """The result. Raises `PartlyFailed` with it if a view failed; refreshed views keep their new content."""
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
