"""Refreshes organizations' materialized views: after a sync of their tables, every night, and on demand."""

from collections.abc import Mapping
from uuid import UUID

import dagster as dg
from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.packages.warehouse.views.results import ViewsRefreshed, summed_up
from buster_jobs.packages.warehouse.views.values import Outcome
from buster_jobs.runtime import Retry, asset, asset_checks
from buster_jobs.tasks.data.partitions import ORGANIZATIONS


class RefreshMaterializedViewsPayload(BaseModel):
    """Whose views, and which of them."""

    model_config = ConfigDict(extra="forbid")

    partition_key: UUID = Field(description="The organization")
    views: list[str] | None = Field(default=None, description="These and those that read them; not given: all")
    only_due: bool = Field(default=False, description="Only views that have something new to show, and their readers")


class ViewsDue(dg.AutomationCondition[dg.AssetKey]):
    """True for organizations with a view that has something new to show.

    Asks our database, which knows the tables that each view reads. Dagster's own conditions know only that some table
    of some data source is new, and would refresh every organization's views after every sync.
    """

    @property
    def name(self) -> str:
        """The name that the UI shows."""
        return "views_due"

    def evaluate(self, context: dg.AutomationContext[dg.AssetKey]) -> dg.AutomationResult[dg.AssetKey]:
        """The partitions for which the condition is true now."""
        from buster_jobs.packages.warehouse.views.due import organizations_due  # SQLAlchemy takes long to import

        partitions = context.partitions_def
        if partitions is None or context.candidate_subset.is_empty:
            return dg.AutomationResult(context, context.get_empty_subset())
        due = {str(organization_id) for organization_id in organizations_due()}
        found = context.asset_graph_view.get_subset_from_partition_keys(context.key, partitions, due)
        return dg.AutomationResult(context, context.candidate_subset.compute_intersection(found))


@asset(
    partitions=ORGANIZATIONS,
    deps=[dg.AssetDep("data_source_tables", partition_mapping=dg.AllPartitionMapping())],
    retry=Retry(max_attempts=3, min_timeout=10, max_timeout=120),
    deadline=4 * 3600,
    group_name="warehouse",
    kinds={"postgres"},
    owner="team:data",
    automation_condition=ViewsDue() & ~dg.AutomationCondition.in_progress(),
)
def refresh_materialized_views(payload: RefreshMaterializedViewsPayload) -> ViewsRefreshed:
    """Refresh an organization's views, each after those that it reads. A view that fails keeps its last content."""
    from buster_jobs.packages.warehouse.views.due import views_due  # SQLAlchemy takes long to import
    from buster_jobs.packages.warehouse.views.refreshing import refresh_views

    organization = payload.partition_key
    names = views_due(organization) if payload.only_due else payload.views
    return summed_up(refresh_views(organization, names, on_outcome=lambda one: report_outcome(organization, one)))


def view_key(organization_id: UUID, view: str) -> dg.AssetKey:
    """The asset key under which the UI shows a view."""
    return dg.AssetKey(["materialized_views", str(organization_id), view])


def report_outcome(organization_id: UUID, outcome: Outcome) -> None:
    """Record new content of a view as an asset of its own, with numbers that the UI plots. Call it in a step of a run.

    Dagster needs no definition for it: how many views there are is unknown when the code is loaded.
    """
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


@asset_checks(
    refresh_materialized_views,
    {
        "freshness": "Every view has content of the last 26 hours",
        "row_count": "No view is empty",
        "unique_key": "Rows are unique by their view's key",
        "key_not_null": "No row lacks a column of its view's key",
        "schema_drift": "Columns are those with which the view was registered",
    },
)
def materialized_view_checks(partition: str) -> Mapping[str, CheckResult]:
    """Check an organization's views."""
    from buster_jobs.packages.warehouse.views.checks import check_views  # SQLAlchemy takes long to import

    return check_views(UUID(partition))
