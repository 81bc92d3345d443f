"""What an organization's warehouse holds: the tables and views that its own queries may read, and no others."""

from typing import Any
from uuid import UUID

import psycopg

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.postgres.introspection import read_catalog
from buster_jobs.packages.database.sources.data_sources import list_data_sources
from buster_jobs.packages.warehouse.schemas import data_source_schema, organization_schema


def schemas_of(organization_id: UUID) -> list[str]:
    """The organization's own schema, then those of its data sources by name."""
    sources = list_data_sources(organization_id)
    return [organization_schema(organization_id), *(data_source_schema(source.id) for source in sources)]


def warehouse_catalog(connection: psycopg.Connection[tuple[Any, ...]], organization_id: UUID) -> Catalog:
    """The organization's part of the warehouse, as it is now."""
    return read_catalog(connection, schemas_of(organization_id))
