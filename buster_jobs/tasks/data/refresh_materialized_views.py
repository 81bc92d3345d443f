"""Refreshes organizations' materialized views: after a sync of what they read, every night, and when asked to."""

from collections.abc import Mapping
from uuid import UUID

import dagster as dg
from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.packages.warehouse.views.results import ViewsRefreshed, summed_up
from buster_jobs.runtime import Retry, asset, asset_checks
from buster_jobs.tasks.data.partitions import ORGANIZATIONS
from buster_jobs.tasks.data.view_events import tell_outcome
from buster_jobs.tasks.data.views_due import ViewsDue


class RefreshMaterializedViewsPayload(BaseModel):
    """Whose views, and which of them."""

    model_config = ConfigDict(extra="forbid")

    partition_key: UUID = Field(description="The organization")
    views: list[str] | None = Field(default=None, description="These and those that read them; not given: all")
    only_due: bool = Field(default=False, description="Only views that have something new to show, and their readers")


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
    """Refresh an organization's views, each after those that it reads; what fails keeps its last content."""
    from buster_jobs.packages.warehouse.views.due import views_due  # SQLAlchemy takes long to import
    from buster_jobs.packages.warehouse.views.refreshing import refresh_views

    organization = payload.partition_key
    names = views_due(organization) if payload.only_due else payload.views
    return summed_up(refresh_views(organization, names, on_outcome=lambda one: tell_outcome(organization, one)))


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
    """Look at an organization's views."""
    from buster_jobs.packages.warehouse.views.checks import check_views  # SQLAlchemy takes long to import

    return check_views(UUID(partition))
