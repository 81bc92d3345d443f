"""The checks of `data_source_tables`, made after each sync and on demand."""

from collections.abc import Mapping
from uuid import UUID

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.runtime import asset_checks
from buster_jobs.tasks.data.data_source_tables import data_source_tables


@asset_checks(
    data_source_tables,
    {
        "row_count": "Every copy has as many rows as its table in the source",
        "freshness": "Every copy is of the last 26 hours",
        "unique_key": "Rows are unique by their table's key",
        "key_not_null": "No row lacks a column of its table's key",
        "schema_drift": "Columns of the source are those that were copied",
    },
)
def data_source_table_checks(partition: str) -> Mapping[str, CheckResult]:
    """Look at the copies of a data source's tables."""
    from buster_jobs.packages.warehouse.table_checks import check_tables  # SQLAlchemy takes long to import

    return check_tables(UUID(partition))
