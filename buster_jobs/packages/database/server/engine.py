"""Connections to PostgreSQL: its URL, one pooled engine per process, sessions and transactions."""

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.database.server.embedded_programs import APP_DATABASE
from buster_jobs.packages.database.server.reconnect import outlast_restarts, replace_dead_connections
from buster_jobs.packages.database.server.tcp_keepalive import connect_args
from buster_jobs.packages.database.server.unavailable import explained
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs.packages.settings import get_settings

_ACCEPTED = {"postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"}

_lock = threading.Lock()
_engine: Engine | None = None


def database_url(driver: str = "psycopg") -> URL:
    """The URL of our database, with SQLAlchemy's name of the driver. Starts the embedded server if that is used.

    The driver is always named: SQLAlchemy 2.1 takes a bare `postgresql://` for psycopg 3, with which Dagster's storage
    fails. Raises `ConfigurationError` for a setting that is not a PostgreSQL URL.
    """
    setting = get_settings().database_url
    if setting is None:
        return embedded.ensure_running().url(APP_DATABASE, driver)
    return parsed_url(setting.get_secret_value()).set(drivername=f"postgresql+{driver}")


def parsed_url(text: str) -> URL:
    """Parse BUSTER_DATABASE_URL. Raises `ConfigurationError` without repeating the text, which may hold a password."""
    example = "write it as postgresql://user:password@host:5432/database, special characters percent-encoded."
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise ConfigurationError(f"BUSTER_DATABASE_URL is not a URL: {example}") from None
    if url.drivername not in _ACCEPTED:
        raise ConfigurationError(f"BUSTER_DATABASE_URL must be of PostgreSQL, not of {url.drivername}: {example}")
    if not url.database:
        raise ConfigurationError(f"BUSTER_DATABASE_URL names no database: {example}")
    return url


def get_engine() -> Engine:
    """This process's engine (psycopg 3, at most 15 connections). A forked child gets its own.

    The engine waits for a PostgreSQL that is being restarted, and starts the embedded server again.
    """
    global _engine  # noqa: PLW0603 - one per process is what it is for
    with _lock:
        if _engine is None:
            _engine = new_engine(database_url())
            outlast_restarts(_engine)
        return _engine


def new_engine(url: URL) -> Engine:
    """An engine with our settings for any URL. The caller disposes of it."""
    engine = create_engine(
        url,
        pool_size=5,
        max_overflow=10,
        connect_args=connect_args(url, "buster_jobs"),
        hide_parameters=True,  # keeps values of users' rows out of error messages
    )
    replace_dead_connections(engine)
    return engine


@contextmanager
def session() -> Generator[Session]:
    """A session in a transaction: committed at the end of the block, rolled back if the block raises.

    Raises `DatabaseUnavailable` or `ConfigurationError` if the database cannot be reached, or is lost meanwhile.
    """
    engine = get_engine()
    with Session(engine, expire_on_commit=False) as opened:
        try:
            opened.connection()
        except (DBAPIError, PoolTimeout) as error:
            raise explained(error, engine.url) from None
        try:
            yield opened
            opened.commit()
        except DBAPIError as error:
            if error.connection_invalidated:
                raise explained(error, engine.url) from None
            raise


@contextmanager
def transaction() -> Generator[Connection]:
    """Like `session`, for statements without models."""
    engine = get_engine()
    try:
        with engine.begin() as connection:
            yield connection
    except PoolTimeout as error:
        raise explained(error, engine.url) from None
    except DBAPIError as error:
        if error.connection_invalidated or isinstance(error, OperationalError):
            raise explained(error, engine.url) from None
        raise


def own_connection() -> psycopg.Connection:
    """A psycopg connection with autocommit, outside of the pool. The caller closes it. Raises as `session` does."""
    engine = get_engine()
    try:
        pooled = engine.raw_connection()
    except DBAPIError as error:
        raise explained(error, engine.url) from None
    pooled.detach()
    connection = pooled.dbapi_connection
    if not isinstance(connection, psycopg.Connection):
        raise TypeError("The engine's driver is not psycopg 3.")
    connection.autocommit = True
    return connection


def reset_engine() -> None:
    """Close this process's connections; the next call of `get_engine` reads the settings again. For tests."""
    global _engine  # noqa: PLW0603 - see get_engine
    with _lock:
        if _engine is not None:
            _engine.dispose()
        _engine = None


def _forget_the_parents_engine() -> None:
    """In a forked child, forget the connections: they belong to the parent, and must not be closed on the server."""
    global _engine, _lock  # noqa: PLW0603 - see get_engine
    _lock = threading.Lock()  # another thread of the parent may have held it
    if _engine is not None:
        _engine.dispose(close=False)
    _engine = None


os.register_at_fork(after_in_child=_forget_the_parents_engine)
