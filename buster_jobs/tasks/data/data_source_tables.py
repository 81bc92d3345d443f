"""The asset of copied tables, partitioned by data source: copies the chosen tables, and checks the copies."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.packages.warehouse.results import SyncResult
from buster_jobs.runtime import Retry, TaskRun, asset, asset_checks
from buster_jobs.tasks.data.data_source_catalog import data_source_catalog
from buster_jobs.tasks.data.partitions import DATA_SOURCES


class DataSourceTablesPayload(BaseModel):
    """Which data source, and how to copy it."""

    model_config = ConfigDict(extra="forbid")

    partition_key: UUID = Field(description="Data source to copy")
    tables: list[str] = Field(default=[], description="Only these of the chosen tables; without any, all of them")
    full_refresh: bool = Field(default=False, description="Copy all rows again, also where changes would do")
    table_seconds: float = Field(default=600, gt=0, le=86_400, description="How long each table may take")


@asset(
    partitions=DATA_SOURCES,
    deps=[data_source_catalog],
    retry=Retry(max_attempts=3, min_timeout=5, max_timeout=60),
    deadline=6 * 3_600,
    concurrency={"data_source:{partition_key}": 1},
    group_name="data_sources",
    kinds={"postgres"},
)
def data_source_tables(payload: DataSourceTablesPayload, run: TaskRun) -> SyncResult:
    """Copy the chosen tables of the data source into the warehouse: all rows, or new and changed ones."""
    from buster_jobs.packages.warehouse.sync import SyncRequest, sync_data_source  # SQLAlchemy takes long to import

    return sync_data_source(
        SyncRequest(payload.partition_key, run.run_id, payload.tables, payload.full_refresh, payload.table_seconds)
    )


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
    """Check the copies of a data source's tables."""
    from buster_jobs.packages.warehouse.table_checks import check_tables  # SQLAlchemy takes long to import

    return check_tables(UUID(partition))
