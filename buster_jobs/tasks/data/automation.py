"""The sensors and schedules of data: they keep partitions current, and start syncs and refreshes of views."""

import json
import warnings
from collections.abc import Iterator

import dagster as dg

from buster_jobs.packages.run_tags import PAYLOAD
from buster_jobs.packages.warehouse.sync_schedule import organizations_due
from buster_jobs.tasks.data.partitions import DATA_SOURCES, ORGANIZATIONS
from buster_jobs.tasks.data.refresh_materialized_views import refresh_materialized_views
from buster_jobs.tasks.data.sync_data_sources import sync_data_sources

_RUN_KEY = "dagster/run_key"
_INTERVAL_SECONDS = 30
"""A new data source, or a view with something new to show, waits at most this long."""

with warnings.catch_warnings():
    # Dagster may still change `use_user_code_server`; the exact pin in pyproject.toml is what makes that harmless.
    warnings.simplefilter("ignore", dg.BetaWarning)
    due_views = dg.AutomationConditionSensorDefinition(
        "due_views",
        target=dg.AssetSelection.assets(refresh_materialized_views),
        use_user_code_server=True,  # a condition of our own is known only where our code is
        emit_backfills=False,
        run_tags={PAYLOAD: json.dumps({"only_due": True})},
        minimum_interval_seconds=_INTERVAL_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )


@dg.sensor(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    minimum_interval_seconds=_INTERVAL_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING
)
def data_source_partitions(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Add a partition for each new data source, and remove those of deleted data sources."""
    from buster_jobs.packages.database.sources.data_sources import list_data_source_ids  # SQLAlchemy takes long

    changes = _changes(context.instance, DATA_SOURCES, {str(data_source) for data_source in list_data_source_ids()})
    return dg.SensorResult(dynamic_partitions_requests=changes) if changes else dg.SkipReason("Nothing changed.")


@dg.sensor(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    minimum_interval_seconds=_INTERVAL_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING
)
def organizations_with_views(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Add a partition for each organization that has got views, and remove those of organizations without any."""
    from buster_jobs.packages.warehouse.views import registry  # SQLAlchemy takes long to import

    wanted = {str(organization_id) for organization_id in registry.organizations_with_views()}
    changes = _changes(context.instance, ORGANIZATIONS, wanted)
    return dg.SensorResult(dynamic_partitions_requests=changes)


@dg.schedule(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    job=sync_data_sources,
    cron_schedule="*/10 * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly_syncs(context: dg.ScheduleEvaluationContext) -> list[dg.RunRequest]:
    """Sync each organization's data sources once a night, in its own time zone, at a minute of its own."""
    due = {f"{one.organization_id}:{one.night}": one for one in organizations_due(context.scheduled_execution_time)}
    started = _started(context.instance, list(due))
    return [
        dg.RunRequest(run_key=key, run_config={"organization_id": str(one.organization_id)})
        for key, one in due.items()
        if key not in started
    ]


@dg.schedule(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    cron_schedule="40 2 * * *",
    target=dg.AssetSelection.assets(refresh_materialized_views),
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def all_views_every_night(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    """Refresh every organization's views, one run for each organization."""
    for partition in context.instance.get_dynamic_partitions(str(ORGANIZATIONS.name)):
        yield dg.RunRequest(partition_key=partition)


def _changes(
    instance: dg.DagsterInstance, partitions: dg.DynamicPartitionsDefinition, wanted: set[str]
) -> list[dg.AddDynamicPartitionsRequest | dg.DeleteDynamicPartitionsRequest]:
    """The requests that make the partitions the wanted ones."""
    known = set(instance.get_dynamic_partitions(str(partitions.name)))
    changes: list[dg.AddDynamicPartitionsRequest | dg.DeleteDynamicPartitionsRequest] = []
    if wanted - known:
        changes.append(partitions.build_add_request(sorted(wanted - known)))
    if known - wanted:
        changes.append(partitions.build_delete_request(sorted(known - wanted)))
    return changes


def _started(instance: dg.DagsterInstance, run_keys: list[str]) -> set[str]:
    """The run keys for which an earlier tick started a run: Dagster itself compares only those of one tick."""
    if not run_keys:
        return set()
    return {run.tags[_RUN_KEY] for run in instance.get_runs(dg.RunsFilter(tags={_RUN_KEY: run_keys}))}
