"""Starts the syncs of data sources, one run for each: every night by organization, or on demand."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.warehouse.sync_schedule import sources_to_sync
from buster_jobs.runtime import Retry, TaskRun, task
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.syncs import start_syncs


class SyncDataSourcesPayload(BaseModel):
    """Whose data sources: those of an organization, one, or all."""

    model_config = ConfigDict(extra="forbid")

    organization_id: UUID | None = Field(default=None, description="All data sources of this organization")
    data_source_id: UUID | None = Field(default=None, description="This data source alone")
    tables: list[str] = Field(default=[], description="Only these tables, named with their schemas")
    full_refresh: bool = Field(default=False, description="Copy all rows again, also where changes would do")


class SyncDataSourcesResult(BaseModel):
    """The runs that were started, by data source."""

    success: bool
    run_ids: dict[str, str]


@task(retry=Retry(max_attempts=3, min_timeout=1, max_timeout=30), owner="team:data")
def sync_data_sources(payload: SyncDataSourcesPayload, run: TaskRun) -> SyncDataSourcesResult:
    """Start a run for each data source that is to be copied into the warehouse."""
    chosen = sources_to_sync(payload.organization_id, payload.data_source_id)
    options = payload.model_dump(mode="json", include={"tables", "full_refresh"}, exclude_defaults=True)
    with open_instance() as instance:
        return SyncDataSourcesResult(
            success=True,
            run_ids=start_syncs(
                instance, {source.id: source.priority for source in chosen}, options, started_by=run.run_id
            ),
        )
