"""A data source of each engine, and a warehouse without the copies of earlier tests."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text

from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.packages.warehouse.engines import (
    Source,
    duckdb_source,
    mysql_source,
    postgres_source,
    sqlite_source,
)

ENGINES = ["postgresql", "sqlite", "duckdb", pytest.param("mysql", marks=pytest.mark.needs_mariadb)]


@pytest.fixture
def files(tmp_path: Path, configure: Callable[..., None]) -> Path:
    configure(BUSTER_DATA_SOURCE_DIR=str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def _empty_warehouse(database: Engine) -> Generator[None]:
    yield
    ours = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'source\\_%' OR nspname = 'warehouse_parts'"
    with database.begin() as connection:
        for (schema,) in connection.execute(text(ours)).all():
            connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))


@pytest.fixture
def postgresql(organization: OrganizationWithChat, scratch_database: Callable[[], URL]) -> Generator[Source]:
    with postgres_source(scratch_database(), organization) as source:
        yield source


@pytest.fixture
def mysql(organization: OrganizationWithChat) -> Generator[Source]:
    with mysql_source(organization) as source:
        yield source


@pytest.fixture
def sqlite(files: Path, organization: OrganizationWithChat) -> Generator[Source]:
    with sqlite_source(files, organization) as source:
        yield source


@pytest.fixture
def duckdb(files: Path, organization: OrganizationWithChat) -> Generator[Source]:
    with duckdb_source(files, organization) as source:
        yield source


@pytest.fixture(params=ENGINES)
def source(request: pytest.FixtureRequest) -> Source:
    """Each engine in turn."""
    return request.getfixturevalue(request.param)
