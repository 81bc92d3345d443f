"""Layer (c) alone: the guard and the server's own time limit are out of the way."""

import psycopg
import pytest

from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.postgres import reading
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.reading import run_query
from buster_jobs.packages.errors import TimedOut
from buster_jobs_tests.packages.data_sources.postgres.proxied import dial, through
from buster_jobs_tests.packages.data_sources.proxy import proxy_before
from buster_jobs_tests.support.polling import until

ENDLESS = "SELECT set_config('statement_timeout', '0', true), pg_sleep(600)"


class SoonKilled(Limits):
    """The kill comes before the server's own limit."""

    @property
    def kill_after(self) -> float:
        return 0.3


def test_a_query_that_outlives_the_servers_limit_is_cancelled_and_its_backend_gone(
    address: Address, admin: psycopg.Connection
) -> None:
    with pytest.raises(TimedOut):
        run_query(address, ENDLESS, SoonKilled(rows=1, seconds=60))
    running = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'buster' AND query LIKE '%pg_sleep(600)%'"
    until(lambda: admin.execute(running).fetchone() == (0,), "its backend is gone")


def test_a_server_that_hears_no_cancel_loses_its_connection(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KILL_GRACE", 0.2)
    with proxy_before(lambda: dial(address), passed=1) as proxy, pytest.raises(TimedOut):
        run_query(through(proxy, address), ENDLESS, SoonKilled(rows=1, seconds=60))
