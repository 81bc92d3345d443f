"""Which of our database's schemas hold whose data. Names are made of ids, so that a new name moves no table."""

from uuid import UUID


def organization_schema(organization_id: UUID) -> str:
    """Where an organization's imported tables and its views are."""
    return f"org_{organization_id.hex}"


def data_source_schema(data_source_id: UUID) -> str:
    """Where the tables that were copied from a data source are."""
    return f"source_{data_source_id.hex}"
