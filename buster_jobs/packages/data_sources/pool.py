"""Connections to one data source: at most so many at once, and reused only when they are proven clean."""

import os
import threading
import time
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from buster_jobs.packages.data_sources.errors import QueryFailed, QueryRefused
from buster_jobs.packages.errors import Unavailable

MOST_AT_ONCE = 10
ACQUIRE_TIMEOUT = 15.0
IDLE_SECONDS = 30.0

C = TypeVar("C")


@dataclass(frozen=True)
class Lifecycle(Generic[C]):
    """How a connection is made (`open`, given seconds), wiped (`reset`: True if it is clean now) and closed.

    `is_alive` is asked before a used one is given out again. None of the last three may raise.
    """

    open: Callable[[float], C]
    reset: Callable[[C], bool]
    is_alive: Callable[[C], bool]
    close: Callable[[C], None]


class Pool(Generic[C]):
    """Safe to share between threads, not between processes: `pool_of` gives each process its own."""

    def __init__(self, name: str, lifecycle: Lifecycle[C], clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._lifecycle = lifecycle
        self._clock = clock
        self._slots = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._lock = threading.Lock()
        self._idle: list[tuple[C, float]] = []
        """The longest idle come first."""
        self._fewer_idle = threading.Condition(self._lock)
        self._is_reaping = False

    @contextmanager
    def lease(self, connect_timeout: float, acquire_timeout: float | None = None) -> Generator[C]:
        """A connection for one query. It returns to the pool after success or an error of the query, if wiped.

        Raises `Unavailable` when none is free for `acquire_timeout` seconds (by default 15), and what opening raises.
        """
        wait = ACQUIRE_TIMEOUT if acquire_timeout is None else acquire_timeout
        if not self._slots.acquire(timeout=wait):
            raise Unavailable(
                f"{MOST_AT_ONCE} queries are running on {self._name}, none ended within {wait:g} s: try again later."
            )
        try:
            connection = self._take() or self._lifecycle.open(connect_timeout)
            try:
                yield connection
            except (QueryFailed, QueryRefused):
                # The database answered, and only the query was wrong: the connection is still good.
                self._give_back(connection)
                raise
            except BaseException:
                self._lifecycle.close(connection)
                raise
            self._give_back(connection)
        finally:
            self._slots.release()

    def close_idle(self, older_than: float = 0.0) -> None:
        """Close the connections that have been idle for at least `older_than` seconds."""
        now = self._clock()
        with self._lock:
            old = [held for held, since in self._idle if now - since >= older_than]
            self._idle = [(held, since) for held, since in self._idle if now - since < older_than]
            self._fewer_idle.notify()
        for connection in old:
            self._lifecycle.close(connection)

    def _take(self) -> C | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection, since = self._idle.pop()
            is_fresh = self._clock() - since < IDLE_SECONDS
            if is_fresh and self._lifecycle.is_alive(connection):
                return connection
            self._lifecycle.close(connection)
            if is_fresh:
                # Most likely the others died too, and testing each takes time.
                self.close_idle()

    def _give_back(self, connection: C) -> None:
        if not self._lifecycle.reset(connection):
            self._lifecycle.close(connection)
            return
        with self._lock:
            self._idle.append((connection, self._clock()))
            if not self._is_reaping:
                threading.Thread(target=self._reap, name=f"buster-reaper: {self._name}", daemon=True).start()
                self._is_reaping = True

    def _reap(self) -> None:
        """Close connections that idle for too long, until none idles."""
        while self._wait_for_the_oldest():
            self.close_idle(IDLE_SECONDS)

    def _wait_for_the_oldest(self) -> bool:
        with self._lock:
            if self._idle:
                self._fewer_idle.wait(max(0.0, self._idle[0][1] + IDLE_SECONDS - self._clock()))
            self._is_reaping = bool(self._idle)
            return self._is_reaping


_pools: dict[Hashable, object] = {}
_inherited: list[object] = []
_registry_lock = threading.Lock()


def pool_of(key: Hashable, make: Callable[[], Pool[C]]) -> Pool[C]:
    """This process's pool for `key`, which must name the server, the user and the password."""
    with _registry_lock:
        pool = _pools.get(key)
        if not isinstance(pool, Pool):
            pool = _pools[key] = make()
        return pool  # pyright: ignore[reportUnknownVariableType] - a key is used with one kind of connection


def _forget() -> None:
    """A child may neither use nor close its parent's connections: closing one would end the parent's session."""
    global _registry_lock  # noqa: PLW0603 - the parent's lock may be held by a thread that this process lacks
    _registry_lock = threading.Lock()
    _inherited.append(dict(_pools))
    _pools.clear()


os.register_at_fork(after_in_child=_forget)
