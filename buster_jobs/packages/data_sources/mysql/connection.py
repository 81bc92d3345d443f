"""Connections: opened within a time limit, wiped between uses, and their queries killed from a second connection."""

import contextlib
import socket
from typing import TYPE_CHECKING, Any, TypeAlias

import pymysql
import pymysql.connections
from pymysql.cursors import SSCursor

from buster_jobs.packages.data_sources.kill_timer import KillTimer, answered_in_time
from buster_jobs.packages.data_sources.mysql.address import Address
from buster_jobs.packages.data_sources.mysql.failures import connection_failure
from buster_jobs.packages.data_sources.pool import Lifecycle, Pool, pool_of
from buster_jobs.packages.data_sources.time_box import within

Connection: TypeAlias = "BoundedConnection"

KILL_GRACE = 2.0
# MySQL's COM_RESET_CONNECTION, which PyMySQL has no name for. Since MySQL 5.7.3 and MariaDB 10.2.4.
_RESET_CONNECTION = 0x1F


if TYPE_CHECKING:
    # PyMySQL's class has a parameter for types only.
    _Connection = pymysql.Connection[SSCursor]
else:
    _Connection = pymysql.connections.Connection


class ResultTooLarge(Exception):
    """A row exceeds the bytes that may still be read. The rest is on its way: abandon the connection."""


class BoundedConnection(_Connection):
    """Reads at most `bytes_left` bytes more, unless that is None: PyMySQL itself holds all that a server sends."""

    bytes_left: int | None = None

    def lift_time_limit(self) -> None:
        """Let each read and write take as long as it may: it was limited while the connection was opened."""
        # PyMySQL takes these as arguments, and has no public way to change them.
        self._read_timeout = self._write_timeout = None

    def _read_bytes(self, num_bytes: int) -> bytes:
        if self.bytes_left is not None:
            self.bytes_left -= num_bytes
            if self.bytes_left < 0:
                raise ResultTooLarge
        reader: Any = super()
        return reader._read_bytes(num_bytes)


def connections(address: Address) -> Pool[Connection]:
    """This process's pool for the address."""
    lifecycle = Lifecycle(
        open=lambda seconds: open_connection(address, seconds), reset=_reset, is_alive=_is_alive, close=_close
    )
    return pool_of(("mysql", address), lambda: Pool(address.shown, lifecycle))


def open_connection(address: Address, timeout: float) -> Connection:
    """A fresh connection with autocommit on. `timeout` in seconds. Raises `Unavailable` or `ConfigurationError`."""
    try:
        connection = within(timeout, lambda: _open(address, timeout), _close)
    except (pymysql.MySQLError, OSError, RuntimeError) as error:
        raise connection_failure(error, address) from None
    connection.lift_time_limit()
    return connection


def killed_after(connection: Connection, address: Address, seconds: float) -> KillTimer:
    """Kills the query by a second connection; a server that does not react loses the first one `KILL_GRACE` later."""
    driver: Any = connection
    thread = int(driver.thread_id())

    def kill() -> None:
        second = _open(address, KILL_GRACE)
        with contextlib.closing(second), second.cursor() as cursor:
            cursor.execute(f"KILL QUERY {thread}")

    def cancel() -> None:
        # A server that takes the second connection and then says nothing must not hold up the kill of the first.
        with contextlib.suppress(pymysql.MySQLError, OSError, RuntimeError):
            within(KILL_GRACE, kill, lambda _nothing: None)

    return KillTimer(seconds, cancel, lambda: _disconnect(connection), KILL_GRACE)


def _open(address: Address, timeout: float) -> Connection:
    """Each read and write is limited too: a thread that waits for a silent server must end."""
    return BoundedConnection(
        host=address.host,
        port=address.port,
        user=address.user,
        # As bytes: PyMySQL would encode text as Latin-1.
        password=address.password.encode(),
        database=address.database,
        ssl=address.tls(),
        ssl_disabled=address.ssl_mode == "disabled",
        charset="utf8mb4",
        connect_timeout=max(1, round(timeout)),
        read_timeout=timeout,
        write_timeout=timeout,
        autocommit=True,
        local_infile=False,
        program_name="buster",
        cursorclass=SSCursor,
    )


def is_mariadb(connection: Connection) -> bool:
    """Whether the server is MariaDB, where it differs from MySQL."""
    driver: Any = connection
    return "mariadb" in str(driver.get_server_info()).lower()


def _disconnect(connection: Connection) -> None:
    """Wake the thread that waits for the server; it gets an error."""
    own = getattr(connection, "_sock", None)
    if isinstance(own, socket.socket):
        with contextlib.suppress(OSError):
            own.shutdown(socket.SHUT_RDWR)


def abandon(connection: Connection) -> None:
    """End a connection whose result is not read to its end: PyMySQL would read all the rest before anything else."""
    driver: Any = connection
    _close(connection)
    # PyMySQL has no public way to do this.
    if driver._result is not None:
        driver._result.unbuffered_active = False


def _reset(connection: Connection) -> bool:
    """Variables, temporary tables, locks, prepared statements, settings: all that a session can keep."""
    with contextlib.suppress(pymysql.MySQLError, OSError), answered_in_time(lambda: _disconnect(connection)):
        driver: Any = connection
        driver._execute_command(_RESET_CONNECTION, b"")
        driver._read_ok_packet()
        return True
    return False


def _is_alive(connection: Connection) -> bool:
    with contextlib.suppress(pymysql.MySQLError, OSError), answered_in_time(lambda: _disconnect(connection)):
        connection.ping(reconnect=False)
        return True
    return False


def _close(connection: Connection) -> None:
    with contextlib.suppress(pymysql.MySQLError, OSError):
        connection.close()
