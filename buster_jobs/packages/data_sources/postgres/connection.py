"""Connections: opened within a time limit that holds for DNS, TCP, TLS and log-in together, and wiped between uses."""

import contextlib
import os
import socket
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import DataError, adapters
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Loader
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import DateLoader, IntervalLoader, TimestampLoader, TimestamptzLoader

from buster_jobs.packages.data_sources.kill_timer import answered_in_time
from buster_jobs.packages.data_sources.own_database import IS_OUR_OWN, OurOwnDatabase, refuse_our_own
from buster_jobs.packages.data_sources.pool import Lifecycle, Pool, pool_of
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.failures import connection_failure
from buster_jobs.packages.data_sources.time_box import within
from buster_jobs.packages.errors import Unavailable

# Layer (b) begins here: a statement that got out of our transaction would find the session read-only too.
_OPTIONS = "-c default_transaction_read_only=on"


def connections(address: Address) -> Pool[psycopg.Connection[tuple[Any, ...]]]:
    """This process's pool for the address."""
    lifecycle = Lifecycle(
        open=lambda seconds: open_connection(address, seconds), reset=_reset, is_alive=_is_alive, close=_close
    )
    return pool_of(("postgres", *sorted(address.parameters.items())), lambda: Pool(address.shown, lifecycle))


def _reset(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Settings, temporary tables, locks, cursors, prepared statements, listeners: all that a session can keep."""
    if connection.closed or connection.info.transaction_status is not TransactionStatus.IDLE:
        return False
    with contextlib.suppress(psycopg.Error), answered_in_time(lambda: disconnect(connection)):
        connection.execute("DISCARD ALL")
        return connection.info.transaction_status is TransactionStatus.IDLE
    return False


def _is_alive(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    with contextlib.suppress(psycopg.Error), answered_in_time(lambda: disconnect(connection)):
        return connection.execute("SELECT 1").fetchone() == (1,)
    return False


def disconnect(connection: psycopg.Connection[Any]) -> None:
    """Wake the thread that waits for the server; it gets an error. On a closed socket it would wait for ever."""
    with contextlib.suppress(psycopg.Error, OSError), socket.socket(fileno=os.dup(connection.fileno())) as ours:
        ours.shutdown(socket.SHUT_RDWR)


def _close(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    with contextlib.suppress(psycopg.Error):
        connection.close()


def open_connection(address: Address, timeout: float) -> psycopg.Connection[tuple[Any, ...]]:
    """A fresh connection with autocommit on. `timeout` in seconds.

    Raises `Unavailable`, or `ConfigurationError` and `OurOwnDatabase` when trying again cannot help.
    """
    try:
        return within(timeout, lambda: _open_checked(address, timeout), _close)
    except OurOwnDatabase:
        raise
    except TimeoutError:
        raise Unavailable(f"{address.shown} did not answer in time: check host and port, and try again.") from None
    except Exception as error:  # noqa: BLE001, whatever it was, the connection could not be opened
        raise connection_failure(error, address) from None


def _open_checked(address: Address, timeout: float) -> psycopg.Connection[tuple[Any, ...]]:
    connection = _open(address, timeout)
    try:
        row = connection.execute(IS_OUR_OWN).fetchone()
        refuse_our_own(row and row[0])
    except BaseException:
        connection.close()
        raise
    return connection


def _open(address: Address, timeout: float) -> psycopg.Connection[tuple[Any, ...]]:
    parameters = {**address.parameters, "connect_timeout": str(max(2, round(timeout)))}
    try:
        return _connect(parameters, _OPTIONS)
    except psycopg.OperationalError as error:
        # PgBouncer takes no options at log-in; each transaction of ours says READ ONLY itself.
        if "unsupported startup parameter" not in str(error):
            raise
        return _connect(parameters, "")


def _connect(parameters: dict[str, str], options: str) -> psycopg.Connection[tuple[Any, ...]]:
    # Options are explicit even when empty, or libpq would take our own PGOPTIONS.
    conninfo = make_conninfo("", **parameters, options=options)
    return psycopg.connect(conninfo, autocommit=True, prepare_threshold=None, context=lenient_context())


_STRICT: dict[str, type[Loader]] = {
    "date": DateLoader,
    "timestamp": TimestampLoader,
    "timestamptz": TimestamptzLoader,
    "interval": IntervalLoader,
}


def _lenient(strict: type[Loader]) -> type[Loader]:
    class Lenient(Loader):
        def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
            super().__init__(oid, context)
            self._strict = strict(oid, context)

        def load(self, data: Buffer) -> Any:
            try:
                return self._strict.load(data)
            except DataError:
                return bytes(data).decode()

    return Lenient


class _Context:
    """The context from which psycopg takes adapters."""

    connection = None

    def __init__(self) -> None:
        self.adapters = AdaptersMap(adapters)
        for name, strict in _STRICT.items():
            self.adapters.register_loader(name, _lenient(strict))


@lru_cache(maxsize=1)
def lenient_context() -> AdaptContext:
    """psycopg's adapters, with 'infinity' and years outside of 1 to 9999 loaded as PostgreSQL's own text.

    Python's dates cannot hold these values, and the whole query would fail.
    """
    return _Context()
