"""What Dagster is told of each view, whose number it cannot know when it loads the code: a history of its own."""

from uuid import UUID

import dagster as dg

from buster_jobs.packages.warehouse.views.values import Outcome


def view_key(organization_id: UUID, view: str) -> dg.AssetKey:
    """Under which name the UI shows a view."""
    return dg.AssetKey(["materialized_views", str(organization_id), view])


def tell_outcome(organization_id: UUID, outcome: Outcome) -> None:
    """Record new content with its numbers, which the UI plots over time. Within a step of a run."""
    if outcome.status != "refreshed":
        return
    rows = outcome.rows or 0
    numbers = {
        "rows": rows,
        "bytes": outcome.bytes or 0,
        "seconds": round(outcome.seconds, 3),
        "rows_per_second": round(rows / max(outcome.seconds, 0.001), 1),
    }
    key = view_key(organization_id, outcome.view)
    event = dg.AssetMaterialization(key, description=f"Refreshed: {outcome.how}.", metadata=numbers)
    dg.OpExecutionContext.get().log_event(event)
