"""Our own database is no data source, whichever way it is spelt; its server's other databases are."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.own_database import OurOwnDatabase
from buster_jobs.packages.data_sources.postgres.address import parse_address
from buster_jobs.packages.data_sources.postgres.connection import open_connection
from buster_jobs.packages.data_sources.via_sqlalchemy.source import SQLAlchemySource
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.database.server.embedded_programs import APP_DATABASE
from buster_jobs_tests.packages.data_sources.conftest import libpq_url
from buster_jobs_tests.packages.data_sources.postgres.proxied import dial, through
from buster_jobs_tests.packages.data_sources.proxy import proxy_before
from buster_jobs_tests.packages.data_sources.via_sqlalchemy.test_source import DEFINITION, ENGINE

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def own(database: Engine, postgres: EmbeddedServer) -> str:
    return libpq_url(postgres, APP_DATABASE)


def test_it_is_neither_tested_nor_read_nor_asked(own: str) -> None:
    source = connect(own)
    for reach in (source.test_connection, source.introspect, lambda: source.query("SELECT 1 AS a")):
        with pytest.raises(OurOwnDatabase, match="This is Buster's own database"):
            reach()


def test_another_name_of_its_sockets_folder_does_not_help(own: str, postgres: EmbeddedServer, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(postgres.socket_dir)
    for folder in (
        f"{postgres.socket_dir}/",
        f"{postgres.socket_dir}/../{postgres.socket_dir.name}",
        tmp_path / "link",
    ):
        address = parse_address(own)
        elsewhere = dataclasses.replace(address, parameters=address.parameters | {"host": str(folder)})
        with pytest.raises(OurOwnDatabase):
            open_connection(elsewhere, 10.0)


def test_a_tunnel_does_not_help(own: str) -> None:
    address = parse_address(own)
    with proxy_before(lambda: dial(address)) as proxy, pytest.raises(OurOwnDatabase):
        open_connection(through(proxy, address), 10.0)


def test_taking_it_for_redshift_does_not_help(own: str) -> None:
    with pytest.raises(OurOwnDatabase):
        SQLAlchemySource(ENGINE, DEFINITION, own).test_connection()


def test_another_database_of_the_same_server_is_a_data_source(scratch_database: Callable[[], URL]) -> None:
    url = scratch_database().set(drivername="postgresql").render_as_string(hide_password=False)
    connect(url).test_connection()
    SQLAlchemySource(ENGINE, DEFINITION, url).test_connection()
