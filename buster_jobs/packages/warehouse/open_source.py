"""Opens a data source for a sync or its CLI, and records whether it can be reached."""

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.sources.data_sources import StoredDataSource, save_reachability
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.redaction import redact

TABLES_AT_ONCE = 5
"""Limits the load on one data source, which has other users."""


def open_source(stored: StoredDataSource) -> DataSource:
    """Connect to the data source and test the connection; the result is recorded. Raises what the test raises."""
    stored.check_enabled()
    try:
        source = connect(stored.connection_url())
        source.test_connection()
    except BusterError as error:
        save_reachability(stored.id, error=redact(error.message))
        raise
    if stored.status == "error":
        save_reachability(stored.id, error=None)
    return source
