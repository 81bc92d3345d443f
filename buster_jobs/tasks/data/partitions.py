"""The partitions of the data assets. Sensors in automation.py add and remove them."""

import dagster as dg

DATA_SOURCES = dg.DynamicPartitionsDefinition(name="data_sources")
"""One partition for each data source: its id."""

ORGANIZATIONS = dg.DynamicPartitionsDefinition(name="organizations")
"""One partition for each organization that has views: its id."""
