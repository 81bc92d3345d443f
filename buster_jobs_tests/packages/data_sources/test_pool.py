"""At most so many connections at once, and each of them clean."""

import contextlib
import threading
from uuid import uuid4

import pytest

from buster_jobs.packages.data_sources import pool as pools
from buster_jobs.packages.data_sources.pool import Lifecycle, Pool
from buster_jobs.packages.errors import Unavailable


class Server:
    """Opens numbers as connections, and remembers what became of them."""

    def __init__(self) -> None:
        self.opened = 0
        self.closed: list[int] = []
        self.is_clean = True
        self.alive = True
        self.asked = 0
        self.now = 0.0
        lifecycle = Lifecycle[int](
            open=lambda _seconds: self._open(),
            reset=lambda _number: self.is_clean,
            is_alive=self._is_alive,
            close=self.closed.append,
        )
        self.name = f"server {uuid4().hex}"
        self.pool = Pool[int](self.name, lifecycle, clock=lambda: self.now)

    def _open(self) -> int:
        self.opened += 1
        return self.opened

    def _is_alive(self, _number: int) -> bool:
        self.asked += 1
        return self.alive

    def reapers(self) -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name == f"buster-reaper: {self.name}"]


def test_a_clean_connection_is_used_again() -> None:
    server = Server()
    for _ in range(3):
        with server.pool.lease(1.0) as connection:
            assert connection == 1
    assert (server.opened, server.closed) == (1, [])


def test_a_connection_that_cannot_be_wiped_failed_died_or_is_old_is_closed() -> None:
    server = Server()
    server.is_clean = False
    with server.pool.lease(1.0):
        pass
    server.is_clean = True
    with pytest.raises(ValueError, match="x"), server.pool.lease(1.0):
        raise ValueError("x")
    with server.pool.lease(1.0):
        pass
    server.alive = False
    with server.pool.lease(1.0):
        pass
    server.alive, server.now = True, pools.IDLE_SECONDS + 1
    with server.pool.lease(1.0):
        pass
    assert (server.opened, server.closed) == (5, [1, 2, 3, 4])


def test_an_eleventh_query_waits_and_then_fails_as_retryable() -> None:
    server = Server()
    leases = [server.pool.lease(1.0) for _ in range(pools.MOST_AT_ONCE)]
    for lease in leases:
        lease.__enter__()
    with pytest.raises(Unavailable, match="10 queries are running") as refused, server.pool.lease(1.0, 0.05):
        pass
    assert refused.value.retryable
    entered = threading.Event()

    def wait() -> None:
        with server.pool.lease(1.0):
            entered.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    leases[0].__exit__(None, None, None)
    assert entered.wait(60)
    waiting.join()
    for lease in leases[1:]:
        lease.__exit__(None, None, None)
    assert server.opened == pools.MOST_AT_ONCE


def test_an_idle_connection_is_closed() -> None:
    server = Server()
    with server.pool.lease(1.0):
        pass
    server.pool.close_idle()
    assert server.closed == [1]


def test_many_queries_in_a_row_share_one_reaper() -> None:
    server = Server()
    for _ in range(500):
        with server.pool.lease(1.0):
            pass
    (reaper,) = server.reapers()
    server.pool.close_idle()
    reaper.join(10)
    assert (server.reapers(), server.closed) == ([], [1])


def test_the_reaper_closes_what_is_old_and_ends_and_the_next_idle_connection_has_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pools, "IDLE_SECONDS", 0.0)
    server = Server()
    for number in (1, 2):
        with server.pool.lease(1.0):
            pass
        for reaper in server.reapers():
            reaper.join(10)
        assert (server.reapers(), server.closed[-1]) == ([], number)


def test_when_one_died_the_other_idle_ones_are_closed_untried() -> None:
    server = Server()
    with contextlib.ExitStack() as together:
        for _ in range(3):
            together.enter_context(server.pool.lease(1.0))
    server.alive = False
    with server.pool.lease(1.0) as connection:
        assert (connection, server.asked, len(server.closed)) == (4, 1, 3)
