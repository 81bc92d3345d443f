"""Layer (c) alone: the guard and the server's own time limit are out of the way."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import psycopg
import pytest

from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.postgres import reading
from buster_jobs.packages.data_sources.postgres.address import Address, parse_address
from buster_jobs.packages.data_sources.postgres.reading import run_query
from buster_jobs.packages.errors import TimedOut
from buster_jobs_tests.patience import until

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


@pytest.fixture
def deaf_proxy(address: Address) -> Iterator[int]:
    """A port before the server that passes one connection on and takes no second one, so that no cancel arrives."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    threading.Thread(target=_serve_once, args=(listener, address), daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def _serve_once(listener: socket.socket, address: Address) -> None:
    client, _ = listener.accept()
    server = _dial(address)
    threads = [threading.Thread(target=_pump, args=ends, daemon=True) for ends in ((client, server), (server, client))]
    for thread in threads:
        thread.start()


def _dial(address: Address) -> socket.socket:
    host, port = address.parameters["host"], address.parameters["port"]
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def _pump(source: socket.socket, target: socket.socket) -> None:
    # Whichever side ends first, the other pump finds its socket closed.
    with contextlib.suppress(OSError), source, target:
        while data := source.recv(65536):
            target.sendall(data)


def test_a_server_that_hears_no_cancel_loses_its_connection(
    address: Address, deaf_proxy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "KILL_GRACE", 0.2)
    password = f":{address.parameters['password']}" if address.parameters["password"] else ""
    url = f"postgresql://{address.user}{password}@127.0.0.1:{deaf_proxy}/{address.database}?sslmode=disable"
    with pytest.raises(TimedOut):
        run_query(parse_address(url), ENDLESS, SoonKilled(rows=1, seconds=60))
