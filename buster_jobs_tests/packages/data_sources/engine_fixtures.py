"""The shop in each engine that needs no server of ours, as fixtures that a conftest or a test module imports."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from buster_jobs_tests.packages.data_sources.engines import Engine, duckdb_engine, mysql_engine, sqlite_engine


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data-sources")


@pytest.fixture(autouse=True)
def files_are_allowed(files: Path, configure: Callable[..., None]) -> None:
    configure(BUSTER_DATA_SOURCE_DIR=str(files))


@pytest.fixture(scope="session")
def sqlite_shop(files: Path) -> Iterator[Engine]:
    with sqlite_engine(files) as engine:
        yield engine


@pytest.fixture(scope="session")
def duckdb_shop(files: Path) -> Iterator[Engine]:
    with duckdb_engine(files) as engine:
        yield engine


@pytest.fixture(scope="session")
def mysql_shop() -> Iterator[Engine]:
    with mysql_engine() as engine:
        yield engine


# By sqlglot's name of the dialect. Each has a fixture above that is called so, and _shop.
ENGINES = ("sqlite", "duckdb", pytest.param("mysql", marks=pytest.mark.needs_mariadb))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    return request.getfixturevalue(f"{request.param}_shop")
