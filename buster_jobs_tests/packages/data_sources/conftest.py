"""A database with the shop in it, made once for this folder, and its data source."""

from collections.abc import Iterator

import psycopg
import pytest

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.postgres.address import Address, parse_address
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs_tests.packages.data_sources.engine_fixtures import (
    duckdb_shop,
    engine,
    files,
    files_are_allowed,
    mysql_shop,
    sqlite_shop,
)
from buster_jobs_tests.packages.data_sources.shop import SHOP

__all__ = ["duckdb_shop", "engine", "files", "files_are_allowed", "mysql_shop", "sqlite_shop"]


def libpq_url(server: EmbeddedServer, database: str) -> str:
    return server.url(database).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def shop_url(postgres: EmbeddedServer) -> Iterator[str]:
    with psycopg.connect(libpq_url(postgres, "postgres"), autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS data_sources_shop")
        server.execute("CREATE DATABASE data_sources_shop")
        url = libpq_url(postgres, "data_sources_shop")
        with psycopg.connect(url) as shop:
            shop.execute(SHOP)
        yield url
        server.execute("DROP DATABASE data_sources_shop WITH (FORCE)")


@pytest.fixture
def shop(shop_url: str) -> DataSource:
    return connect(shop_url)


@pytest.fixture(scope="session")
def catalog(shop_url: str) -> Catalog:
    """All of the shop but the table of secrets."""
    tables = connect(shop_url).introspect().tables
    return Catalog(tuple(table for table in tables if table.name != "secrets"))


@pytest.fixture
def address(shop_url: str) -> Address:
    return parse_address(shop_url)


@pytest.fixture
def admin(shop_url: str) -> Iterator[psycopg.Connection]:
    """A connection of a superuser, with an analyst's search path."""
    with psycopg.connect(shop_url, autocommit=True) as connection:
        connection.execute("SET search_path TO public, crm")
        yield connection
