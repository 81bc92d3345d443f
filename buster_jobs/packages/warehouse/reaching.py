"""Reaching a data source for a sync, and recording whether that worked. How much may be asked of it at once."""

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.sources.data_sources import StoredDataSource, note_reached
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.redaction import redact

TABLES_AT_ONCE = 5
"""Of one data source: it has other users."""


def reached(stored: StoredDataSource) -> DataSource:
    """The data source, which has let us in just now; whether it does is recorded. Raises what testing it raises."""
    stored.check_enabled()
    try:
        source = connect(stored.connection_url())
        source.test_connection()
    except BusterError as error:
        note_reached(stored.id, error=redact(error.message))
        raise
    if stored.status == "error":
        note_reached(stored.id, error=None)
    return source
