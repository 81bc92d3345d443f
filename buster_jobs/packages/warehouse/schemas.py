"""The names of the warehouse's schemas. They contain ids, so that renaming an organization moves no table."""

from uuid import UUID


def organization_schema(organization_id: UUID) -> str:
    """The schema of an organization's imported tables and views."""
    return f"org_{organization_id.hex}"


def data_source_schema(data_source_id: UUID) -> str:
    """The schema of the tables copied from a data source."""
    return f"source_{data_source_id.hex}"
