"""The embedded PostgreSQL 18, one server for each state folder: started on demand, found again by later processes.

There is no TCP port, and the socket's folder has mode 0700: only the server's account and root can connect, and they
are trusted. `peer` authentication would add nothing, and fails for users without a name, as in some containers.
A server is ours if a process listens on the socket of *our* place and is the one that our postmaster.pid names: a stale
file, a reused process id and a copied project all fail that test.
"""

import fcntl
import os
import socket
import struct
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from buster_jobs.packages.database.server import embedded_programs
from buster_jobs.packages.database.server.embedded_place import PORT, Place, existing_place, home
from buster_jobs.packages.errors import ConfigurationError, Unavailable

if TYPE_CHECKING:
    from sqlalchemy import URL


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running embedded server."""

    data_dir: Path
    socket_dir: Path
    pid: int

    def url(self, database: str, driver: str = "psycopg") -> "URL":
        """The URL of one of its databases, for its superuser, with SQLAlchemy's name of the driver."""
        from sqlalchemy import URL  # takes 0.3 s, which `status` and `stop` save

        return URL.create(
            f"postgresql+{driver}",
            username=embedded_programs.SUPERUSER,
            database=database,
            query={"host": str(self.socket_dir), "port": PORT},
        )


def ensure_running() -> EmbeddedServer:
    """The running server. Starts it, and creates its data directory, if necessary.

    Raises `ConfigurationError` if this machine cannot run it, `Unavailable` if PostgreSQL does not start.
    """
    return status() or _start_under_lock()


def status() -> EmbeddedServer | None:
    """The running server, or None. Costs one file and one connection attempt to a socket."""
    place = existing_place()
    return _serving(place) if place else None


def stop() -> bool:
    """Stop the server, rolling back open transactions. False if none was running."""
    if existing_place() is None:
        return False
    with _start_lock():
        place = existing_place()
        if place is None or _serving(place) is None:
            return False
        embedded_programs.stop(place)
        return True


def _start_under_lock() -> EmbeddedServer:
    with _start_lock():
        place = existing_place() or embedded_programs.initialise()
        running = _serving(place)
        if running is None:
            embedded_programs.start(place)
            running = _serving(place)
    if running is None:
        raise Unavailable(f"PostgreSQL stopped as soon as it had started: read the logs in {place.data_dir / 'log'}.")
    return running


@contextmanager
def _start_lock() -> Generator[None]:
    folder = home()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("a")
    except OSError as error:
        raise ConfigurationError(
            f"The state folder {folder} cannot be written ({error.strerror}): set BUSTER_STATE_DIR to one that can."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _serving(place: Place) -> EmbeddedServer | None:
    recorded = _recorded(place)
    if recorded is None or not recorded.ready or recorded.pid != _listener(place):
        return None
    return EmbeddedServer(data_dir=place.data_dir, socket_dir=place.socket_dir, pid=recorded.pid)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The content of postmaster.pid: line 1 is the process id, line 8 the state."""

    pid: int
    ready: bool


def _recorded(place: Place) -> _Recorded | None:
    try:
        lines = (place.data_dir / "postmaster.pid").read_text().splitlines()
        return _Recorded(pid=int(lines[0]), ready=len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


def _listener(place: Place) -> int | None:
    """The id of the process that listens on the place's socket, from the kernel."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        try:
            connection.connect(os.fspath(place.socket))
        except OSError:
            return None
        if not hasattr(socket, "SO_PEERCRED"):  # macOS: a listener in our private folder is proof enough
            recorded = _recorded(place)
            return recorded.pid if recorded else None
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return struct.unpack("3i", credentials)[0]
