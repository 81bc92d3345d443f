"""One pooled engine for Dagster's storage in each process. pooled_storage.py uses it."""

import os
import threading

from sqlalchemy import URL, Engine, create_engine

from buster_jobs.packages.database.server.reconnect import outlast_restarts, replace_dead_connections
from buster_jobs.packages.database.server.tcp_keepalive import connect_args

_engines: dict[URL, Engine] = {}
_lock = threading.Lock()


def pooled_engine(url: URL) -> Engine:
    """The process's engine for `url`, shared by every Dagster instance that it opens; at most 10 connections.

    A connection that has died, because PostgreSQL was restarted, is replaced before it is used. A forked child gets an
    engine of its own.
    """
    with _lock:
        if url not in _engines:
            _engines[url] = _new_engine(url)
        return _engines[url]


def _new_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=2,
        max_overflow=8,
        connect_args=connect_args(url, "buster_jobs dagster"),
        hide_parameters=True,  # a run's payload does not belong in the log of a process that lost its connection
    )
    outlast_restarts(engine)
    replace_dead_connections(engine)
    return engine


def _forget_the_parents_engines() -> None:
    """In a forked child: the connections belong to the parent, so they are dropped without a word to the server."""
    global _lock  # noqa: PLW0603 - another thread of the parent may have held it
    _lock = threading.Lock()
    for engine in _engines.values():
        engine.dispose(close=False)
    _engines.clear()


os.register_at_fork(after_in_child=_forget_the_parents_engines)
