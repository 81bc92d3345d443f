"""The asset of what data sources' tables are and hold, which the analyst uses: partitioned by data source."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from buster_jobs.packages.warehouse.results import CatalogResult
from buster_jobs.runtime import Retry, asset
from buster_jobs.tasks.data.partitions import DATA_SOURCES


class DataSourceCatalogPayload(BaseModel):
    """Which data source, and which of its tables."""

    model_config = ConfigDict(extra="forbid")

    partition_key: UUID = Field(description="Data source to read")
    tables: list[str] = Field(default=[], description="Only these, named with their schemas; without any, all")


@asset(
    partitions=DATA_SOURCES,
    retry=Retry(max_attempts=3, min_timeout=5, max_timeout=60),
    deadline=3_600,
    concurrency={"data_source:{partition_key}": 1},
    group_name="data_sources",
)
def data_source_catalog(payload: DataSourceCatalogPayload) -> CatalogResult:
    """Test the connection, read the structure of the data source, and profile its tables from samples."""
    from buster_jobs.packages.warehouse.catalog import refresh_catalog  # SQLAlchemy takes long to import

    return refresh_catalog(payload.partition_key, payload.tables)
