"""Keeps the partitions of the data assets the same as the data sources that there are."""

import dagster as dg

from buster_jobs.packages.warehouse import nightly
from buster_jobs.tasks.data.partitions import DATA_SOURCES


@dg.sensor(  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING
)
def data_source_partitions(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Add a partition for each new data source, and remove those of data sources that are gone."""
    there = {str(data_source) for data_source in nightly.all_data_sources()}
    known = set(context.instance.get_dynamic_partitions(str(DATA_SOURCES.name)))
    requests = [
        build(sorted(keys))
        for build, keys in (
            (DATA_SOURCES.build_add_request, there - known),
            (DATA_SOURCES.build_delete_request, known - there),
        )
        if keys
    ]
    return dg.SensorResult(dynamic_partitions_requests=requests) if requests else dg.SkipReason("Nothing changed.")
