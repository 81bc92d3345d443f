"""Starts the syncs of data sources, one run for each: of an organization's nightly, of any on demand."""

from uuid import UUID

import dagster as dg
from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.warehouse import nightly
from buster_jobs.runtime import Retry, TaskRun, task
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.syncs import start_syncs

_RUN_KEY = "dagster/run_key"


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
    chosen = nightly.data_sources_of(payload.organization_id, payload.data_source_id)
    options = payload.model_dump(mode="json", include={"tables", "full_refresh"}, exclude_defaults=True)
    with open_instance() as instance:
        return SyncDataSourcesResult(
            success=True,
            run_ids=start_syncs(
                instance, {source.id: source.priority for source in chosen}, options, started_by=run.run_id
            ),
        )


@dg.schedule(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    job=sync_data_sources,
    cron_schedule="*/10 * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly_syncs(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
    """Sync each organization's data sources once a night, in its own time zone, at a minute of its own."""
    due = {
        f"{one.organization_id}:{one.night}": one for one in nightly.organizations_due(context.scheduled_execution_time)
    }
    started = _started(context.instance, list(due))
    return [
        dg.RunRequest(run_key=key, run_config={"organization_id": str(one.organization_id)})
        for key, one in due.items()
        if key not in started
    ]


def _started(instance: dg.DagsterInstance, run_keys: list[str]) -> set[str]:
    """Those of the keys that an earlier tick has started a run with: Dagster itself looks at one tick's alone."""
    if not run_keys:
        return set()
    return {run.tags[_RUN_KEY] for run in instance.get_runs(dg.RunsFilter(tags={_RUN_KEY: run_keys}))}
