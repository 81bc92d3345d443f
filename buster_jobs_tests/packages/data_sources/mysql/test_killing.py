"""Layer (c) alone, on a real server: the server's own time limit is out of the way."""

import socket
from collections.abc import Iterator

import pytest

from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.mysql import connection
from buster_jobs.packages.data_sources.mysql.address import Address, parse_address
from buster_jobs.packages.data_sources.mysql.reading import run_query
from buster_jobs.packages.errors import TimedOut
from buster_jobs_tests.packages.data_sources.engines import Engine
from buster_jobs_tests.packages.data_sources.proxy import proxy_before

pytestmark = pytest.mark.needs_mariadb


class SoonKilled(Limits):
    """The kill comes before the server's own limit."""

    @property
    def kill_after(self) -> float:
        return 0.3


@pytest.fixture
def address_before_silence(mysql_shop: Engine) -> Iterator[Address]:
    """The shop behind a proxy that takes a second connection and never says a word on it."""
    with proxy_before(lambda: socket.create_connection(("127.0.0.1", 3306)), passed=1) as proxy:
        yield parse_address(mysql_shop.url.replace("127.0.0.1", f"127.0.0.1:{proxy.port}"))


def test_a_server_that_takes_the_kill_and_says_nothing_loses_its_connection(
    address_before_silence: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "KILL_GRACE", 0.2)
    with pytest.raises(TimedOut):
        run_query(address_before_silence, "SELECT SLEEP(600)", SoonKilled(rows=1, seconds=5))
