"""Reconnection of engines after a restart of PostgreSQL, and the restart of the embedded server."""

import re
import select
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.database.server.embedded_place import existing_place
from buster_jobs.packages.database.server.unavailable import DatabaseUnavailable
from buster_jobs.packages.settings import get_settings

P = ParamSpec("P")
R = TypeVar("R")

RESTART_SECONDS = 15.0
"""How long a restart of PostgreSQL may take before its clients get errors."""

_FRESH_SECONDS = 1.0
_PAUSE = 0.1
_TRIES = 3
_RESTARTING = re.compile(
    r"refused|no such file|starting up|shutting down|recovery|not yet accepting|closed the connection|terminating",
    re.IGNORECASE,
)


def outlast_restarts(engine: Engine) -> None:
    """Make the engine wait up to 15 s for a server to which it has connected before.

    The first connection fails at once: a wrong URL is then more likely than a restart.
    """
    known = False

    def connect(dialect: Dialect, _record: object, arguments: list[Any], parameters: dict[str, Any]) -> object:
        nonlocal known
        give_up = time.monotonic() + (RESTART_SECONDS if known else 0)
        while True:
            try:
                connection = dialect.connect(*arguments, **parameters)
            except dialect.loaded_dbapi.OperationalError as error:
                if time.monotonic() >= give_up or not _RESTARTING.search(str(error)):
                    raise
                _start_embedded_again()
                time.sleep(_PAUSE)
            else:
                known = True
                return connection

    event.listen(engine, "do_connect", connect)


class _HasSocket(Protocol):
    """A connection of psycopg2 or psycopg 3."""

    def fileno(self) -> int: ...


def replace_dead_connections(engine: Engine) -> None:
    """Make the engine's pool check connections before it hands them out, cheaper than SQLAlchemy's `pool_pre_ping`.

    `pool_pre_ping` sends a query each time: about 47 in a run of two steps. A server that stops closes its sockets,
    which is visible without a query. Only a connection that was idle for a second gets a query, because a network can
    fail silently.
    """

    def note_use(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["used"] = time.monotonic()

    def check(connection: _HasSocket, entry: ConnectionPoolEntry, _proxy: object) -> None:
        fresh = time.monotonic() - entry.info.get("used", time.monotonic()) < _FRESH_SECONDS
        if not ((fresh and _is_quiet(connection)) or _answers(engine, connection)):
            raise InvalidatePoolError("PostgreSQL has closed the connection.")

    event.listen(engine, "checkin", note_use)
    event.listen(engine, "checkout", check)


def _is_quiet(connection: _HasSocket) -> bool:
    """Whether the server has been silent since its last answer: it announces its end, or closes the stream."""
    try:
        descriptor = connection.fileno()
    except Exception:  # noqa: BLE001 - each driver has its own error for a closed connection
        return False
    poll = select.poll()  # select() fails for descriptors above 1023
    poll.register(descriptor, select.POLLIN)
    return not poll.poll(0)


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False


def repeated(function: Callable[P, R]) -> Callable[P, R]:
    """Repeat a function, at most twice, if PostgreSQL was lost during its statement.

    Only for idempotent functions: whether the statement took effect is unknown.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(_TRIES - 1):
            try:
                return function(*args, **kwargs)
            except DatabaseUnavailable:
                time.sleep(_PAUSE)
        return function(*args, **kwargs)

    return call


def _start_embedded_again() -> None:
    # Only with an existing data directory: a process that outlives its state folder must not create another one.
    if get_settings().database_url is None and existing_place() is not None:
        embedded.ensure_running()
