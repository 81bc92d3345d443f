"""A SQLite file that is a data source, its copy in the warehouse, and the fixture `shop`."""

import sqlite3
from collections.abc import Callable, Generator
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.packages.warehouse.sync import SyncRequest, sync_data_source
from buster_jobs.packages.warehouse.table_checks import check_tables
from buster_jobs.packages.warehouse.table_choice import choose_all_tables
from buster_jobs_tests.conftest import OrganizationWithChat


class Shop:
    """A SQLite file with a table `orders`, and its copy."""

    def __init__(self, path: Path, organization: OrganizationWithChat, database: Engine) -> None:
        self.database, self.path, self.organization_id = database, path, organization.organization_id
        self.change("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT)")
        self.change("INSERT INTO orders VALUES (1, 'Ada'), (2, 'Bob')")
        self.url = f"sqlite:///{path.name}"
        self.id: UUID = organization.add_data_source(self.url, name="shop", type="sqlite").id
        choose_all_tables(self.id, connect(self.url).introspect())

    def change(self, sql: str) -> None:
        connection = sqlite3.connect(self.path)
        with connection:
            connection.execute(sql)
        connection.close()

    def sync(self) -> None:
        sync_data_source(SyncRequest(self.id, str(uuid4())))

    def change_copy(self, sql: str) -> None:
        with self.database.begin() as connection:
            connection.execute(text(sql.format(copy=f"{data_source_schema(self.id)}.orders")))

    def failures(self, now: datetime | None = None) -> dict[str, str]:
        return {name: one.description for name, one in check_tables(self.id, now=now).items() if not one.passed}


@pytest.fixture
def shop(
    organization: OrganizationWithChat, database: Engine, tmp_path: Path, configure: Callable[..., None]
) -> Generator[Shop]:
    configure(BUSTER_DATA_SOURCE_DIR=str(tmp_path))
    made = Shop(tmp_path / "shop.db", organization, database)
    yield made
    with database.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {data_source_schema(made.id)} CASCADE"))
        connection.execute(text(f"DROP SCHEMA IF EXISTS org_{made.organization_id.hex} CASCADE"))
