"""What an attack would have changed: rows, objects, settings and users of the server, files; and who was called.

`state_of` before and after must be equal. What ran between is the caller's.
"""

import contextlib
import hashlib
import os
import socket
import tempfile
import threading
from collections.abc import Generator
from pathlib import Path

from buster_jobs_tests.packages.data_sources.engines import Engine

# What the attacks would write into the folder for temporary files.
_NAMES = ("x", "x.db", "x.csv", "x.php", "x.so", "x.duckdb_extension", "v")
_POSTGRES = (
    "SELECT string_agg(name || setting, ',' ORDER BY name) FROM pg_settings WHERE name NOT LIKE '%client_conn%'",
    "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles",
    "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database",
    "SELECT string_agg(relname || relkind::text, ',' ORDER BY relname) FROM pg_class WHERE relnamespace <> 99",
    "SELECT count(*), max(oid) FROM pg_proc",
    "SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension",
    "SELECT count(*) FROM pg_largeobject_metadata",
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'",
    "SELECT count(*) FROM pg_replication_slots",
    "SELECT string_agg(f, ',' ORDER BY f) FROM pg_ls_dir('.') f WHERE f !~ 'postmaster|log'",
    "SELECT string_agg(name, ',' ORDER BY name) FROM pg_ls_tmpdir()",
)
_MYSQL = (
    # What counts, or is a number of the session that asks, is no setting.
    "SELECT VARIABLE_NAME, GLOBAL_VALUE FROM information_schema.SYSTEM_VARIABLES"
    " WHERE VARIABLE_NAME NOT REGEXP 'gtid|timestamp|in_use|insert_id|rand_seed|pseudo' ORDER BY 1",
    # Other tests, beside this one, make users of their own on the same server.
    "SELECT User, Host FROM mysql.user WHERE User NOT LIKE 'buster\\_%' ORDER BY 1, 2",
    "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
    " WHERE TABLE_SCHEMA = DATABASE() OR TABLE_SCHEMA = 'mysql' ORDER BY 1, 2",
    "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY 1",
    "SELECT EVENT_NAME FROM information_schema.EVENTS ORDER BY 1",
)
_OF_SERVER = {"postgres": _POSTGRES, "mysql": _MYSQL}
_TABLES = ("customers", "items", "orders", "products", "secrets", "visits")


def state_of(engine: Engine, folder: Path | None = None) -> dict[str, str]:
    """Hashes and lists of all that could have changed; `folder` is where the files of file engines are."""
    state: dict[str, str] = {}
    for table in _TABLES:
        state[table] = _hash(repr(sorted(map(repr, engine.fetch(f"SELECT * FROM {table}")))))
    for question in _OF_SERVER.get(engine.dialect, ()):
        state[question] = repr(engine.fetch(question))
    if folder is not None:
        state["files"] = repr(sorted((path.name, _hash(path.read_bytes())) for path in folder.iterdir()))
    state["temporary"] = repr([name for name in _NAMES if os.path.lexists(Path(tempfile.gettempdir()) / name)])
    return state


def _hash(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


class Listener:
    """A port on loopback that counts who connects. No attack may."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._socket.accept()
                self.calls += 1
                client.close()

    def close(self) -> None:
        self._socket.close()


@contextlib.contextmanager
def listening() -> Generator[Listener]:
    """A listener for as long as the block runs."""
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()
