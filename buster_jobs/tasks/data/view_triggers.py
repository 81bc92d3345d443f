"""What starts refreshes of views: something new to show, and every night. And who has views, for the UI."""

import json
import warnings
from collections.abc import Iterator

import dagster as dg

from buster_jobs.packages.run_tags import PAYLOAD
from buster_jobs.tasks.data.partitions import ORGANIZATIONS
from buster_jobs.tasks.data.refresh_materialized_views import refresh_materialized_views

_SECONDS = 30
"""How long something new waits, at most, before it is seen."""

with warnings.catch_warnings():
    # Dagster may still change `use_user_code_server`; the exact pin in pyproject.toml is what makes that harmless.
    warnings.simplefilter("ignore", dg.BetaWarning)
    due_views = dg.AutomationConditionSensorDefinition(
        "due_views",
        target=dg.AssetSelection.assets(refresh_materialized_views),
        use_user_code_server=True,  # a condition of our own is known only where our code is
        emit_backfills=False,
        run_tags={PAYLOAD: json.dumps({"only_due": True})},
        minimum_interval_seconds=_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )


@dg.sensor(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    minimum_interval_seconds=_SECONDS, default_status=dg.DefaultSensorStatus.RUNNING
)
def organizations_with_views(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Add and remove partitions as organizations get and lose their views."""
    from buster_jobs.packages.warehouse.views import registry  # SQLAlchemy takes long to import

    wanted = {str(organization_id) for organization_id in registry.organizations_with_views()}
    known = set(context.instance.get_dynamic_partitions(str(ORGANIZATIONS.name)))
    changes: list[dg.AddDynamicPartitionsRequest | dg.DeleteDynamicPartitionsRequest] = []
    if wanted - known:
        changes.append(ORGANIZATIONS.build_add_request(sorted(wanted - known)))
    if known - wanted:
        changes.append(ORGANIZATIONS.build_delete_request(sorted(known - wanted)))
    return dg.SensorResult(dynamic_partitions_requests=changes)


@dg.schedule(  # pyright: ignore[reportUnknownMemberType] - as above
    cron_schedule="40 2 * * *",
    target=dg.AssetSelection.assets(refresh_materialized_views),
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def all_views_every_night(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    """Refresh every organization's views; so many at once as there are workers."""
    for partition in context.instance.get_dynamic_partitions(str(ORGANIZATIONS.name)):
        yield dg.RunRequest(partition_key=partition)
