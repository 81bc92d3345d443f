"""What engines do about a PostgreSQL that goes away and comes back; who starts the embedded one again."""

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
    """Have the engine wait up to 15 s for a server that has let it in before.

    Its first connection fails at once: then the address is more likely to be wrong than the server to be restarting.
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
    """Have the engine's pool look before it hands a connection out. Cheaper than SQLAlchemy's `pool_pre_ping`.

    That asks the server each time: about 47 times in a run of two steps. But a server that goes away closes its
    sockets, which is seen without asking. Only a connection that was not used for a second is asked, because a network
    may go away without a word.
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
    """Whether the server has sent nothing since its last answer: neither a farewell nor the end of the stream."""
    try:
        descriptor = connection.fileno()
    except Exception:  # noqa: BLE001 - each driver has its own error for a closed connection
        return False
    poll = select.poll()  # not select(), which cannot look at descriptors above 1023
    poll.register(descriptor, select.POLLIN)
    return not poll.poll(0)


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False


def repeated(function: Callable[P, R]) -> Callable[P, R]:
    """Repeat a function, at most twice, whose statement was under way when PostgreSQL went away.

    Only for what may be done twice: nobody knows whether it was done.
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
    # Never a new data directory: a process that outlives its state folder must not make another one.
    if get_settings().database_url is None and existing_place() is not None:
        embedded.ensure_running()
