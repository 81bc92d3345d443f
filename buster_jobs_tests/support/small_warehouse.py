"""An organization with a small warehouse, and what tests ask of it."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.warehouse.replacement import ASIDE_SCHEMA
from buster_jobs.packages.warehouse.schemas import data_source_schema, organization_schema
from buster_jobs.packages.warehouse.views.refreshing import refresh_views
from buster_jobs.packages.warehouse.views.registry import add_view
from buster_jobs.packages.warehouse.views.values import View
from buster_jobs_tests.conftest import OrganizationWithChat


@dataclass
class Warehouse:
    """The part of the warehouse that is the organization's."""

    engine: Engine
    organization_id: UUID
    source: str

    @property
    def schema(self) -> str:
        return organization_schema(self.organization_id)

    def execute(self, sql: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(sql.format(source=self.source, views=self.schema)), values)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql.format(source=self.source, views=self.schema)))]

    def add(self, name: str, query: str, key: Sequence[str] = ()) -> View:
        return add_view(self.organization_id, name, query, key)

    def refresh(self, *names: str, **options: Any) -> dict[str, str]:
        """How each view ended, by name; why, where it was not refreshed."""
        outcomes = refresh_views(self.organization_id, names or None, **options)
        return {outcome.view: outcome.error or str(outcome.how) for outcome in outcomes}

    def aside(self) -> int:
        found = self.rows(f"SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('{ASIDE_SCHEMA}')")
        return found[0][0]


@pytest.fixture
def new_warehouse(
    new_organization: Callable[[], OrganizationWithChat], database: Engine
) -> Generator[Callable[[], Warehouse]]:
    """A factory; the schemas go at the end."""
    made: list[Warehouse] = []

    def make() -> Warehouse:
        organization = new_organization()
        source = organization.add_data_source("sqlite:///orders.db", name="orders", type="sqlite")
        warehouse = Warehouse(database, organization.organization_id, data_source_schema(source.id))
        warehouse.execute("CREATE SCHEMA {source}")
        warehouse.execute("CREATE TABLE {source}.orders (id int PRIMARY KEY, customer text, amount numeric)")
        warehouse.execute(
            "INSERT INTO {source}.orders VALUES (1, 'Ada', 10), (2, 'Ada', 5), (3, 'Bob', 7)",
        )
        made.append(warehouse)
        return warehouse

    yield make
    for warehouse in made:
        warehouse.execute("DROP SCHEMA IF EXISTS {source}, {views} CASCADE")


@pytest.fixture
def warehouse(new_warehouse: Callable[[], Warehouse]) -> Warehouse:
    """One with a table `orders`: id, customer, amount."""
    return new_warehouse()
