"""The schedule that syncs each organization's data sources once a night. When that is, packages/warehouse tests."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from buster_jobs.definitions import defs
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.sync_data_sources import nightly_syncs
from buster_jobs_tests.support.small_shop import Shop


def tick(instance: dg.DagsterInstance, moment: datetime) -> list[str]:
    """The organizations whose syncs the tick starts, after all earlier ticks have started theirs."""
    context = dg.build_schedule_context(instance, moment, repository_def=defs.get_repository_def())
    requests = nightly_syncs.evaluate_tick(context).run_requests or []
    for request in requests:
        tags = {**request.tags, "dagster/run_key": str(request.run_key)}
        create_run("sync_data_sources", request.run_config, instance, tags=tags)
    return [str(request.run_config["organization_id"]) for request in requests]


def test_an_organization_is_synced_once_a_night_however_many_ticks_find_it_due(shop: Shop) -> None:
    with open_instance() as instance:
        instance.wipe()
        for day in (17, 18):
            midnight = datetime(2031, 5, day, tzinfo=UTC)
            ticks = [tick(instance, midnight + timedelta(minutes=minute)) for minute in range(0, 1_440, 10)]
            assert [started for found in ticks for started in found] == [str(shop.organization_id)]
