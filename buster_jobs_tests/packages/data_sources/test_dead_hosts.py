"""A host that dies while a connection to it idles or is wiped blocks no thread of ours."""

import socket
from collections.abc import Iterator

import pytest

from buster_jobs.packages.data_sources import kill_timer
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.mysql import connection as mysql
from buster_jobs.packages.data_sources.mysql.address import parse_address as mysql_address
from buster_jobs.packages.data_sources.mysql.reading import run_query as mysql_query
from buster_jobs.packages.data_sources.postgres import connection as postgres
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.reading import run_query as postgres_query
from buster_jobs_tests.packages.data_sources.engines import Engine
from buster_jobs_tests.packages.data_sources.postgres.proxied import dial, through
from buster_jobs_tests.packages.data_sources.proxy import Proxy, proxy_before

LIMITS = Limits(rows=1, seconds=10)


@pytest.fixture(autouse=True)
def short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kill_timer, "ANSWER_TIMEOUT", 0.2)


@pytest.fixture
def postgres_proxy(address: Address) -> Iterator[Proxy]:
    with proxy_before(lambda: dial(address)) as proxy:
        yield proxy


@pytest.fixture
def mysql_proxy() -> Iterator[Proxy]:
    with proxy_before(lambda: socket.create_connection(("127.0.0.1", 3306))) as proxy:
        yield proxy


def test_a_postgres_connection_whose_host_died_while_it_idled_is_replaced(
    address: Address, postgres_proxy: Proxy
) -> None:
    there = through(postgres_proxy, address)
    assert postgres_query(there, "SELECT 1 AS a", LIMITS).rows == ((1,),)
    postgres_proxy.silence()
    assert postgres_query(there, "SELECT 2 AS a", LIMITS).rows == ((2,),)


def test_a_postgres_connection_whose_host_dies_is_not_wiped_for_ever(address: Address, postgres_proxy: Proxy) -> None:
    with postgres.connections(through(postgres_proxy, address)).lease(10.0):
        postgres_proxy.silence()


@pytest.mark.needs_mariadb
def test_a_mysql_connection_whose_host_died_while_it_idled_is_replaced(mysql_shop: Engine, mysql_proxy: Proxy) -> None:
    there = mysql_address(mysql_shop.url.replace("127.0.0.1", f"127.0.0.1:{mysql_proxy.port}"))
    assert mysql_query(there, "SELECT 1 AS a", LIMITS).rows == ((1,),)
    mysql_proxy.silence()
    assert mysql_query(there, "SELECT 2 AS a", LIMITS).rows == ((2,),)


@pytest.mark.needs_mariadb
def test_a_mysql_connection_whose_host_dies_is_not_wiped_for_ever(mysql_shop: Engine, mysql_proxy: Proxy) -> None:
    there = mysql_address(mysql_shop.url.replace("127.0.0.1", f"127.0.0.1:{mysql_proxy.port}"))
    with mysql.connections(there).lease(10.0):
        mysql_proxy.silence()
