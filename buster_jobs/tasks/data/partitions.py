"""What the data assets are partitioned by. Who adds and removes partitions stands with the assets."""

import dagster as dg

from buster_jobs.tasks.data.syncs import PARTITIONS

DATA_SOURCES = dg.DynamicPartitionsDefinition(name=PARTITIONS)
"""One partition for each data source: its id."""

ORGANIZATIONS = dg.DynamicPartitionsDefinition(name="organizations")
"""One partition for each organization that has views: its id."""
