"""Migrates the schema `buster` to the newest revision. Several processes may call it at once."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.model_base import SCHEMA
from buster_jobs.packages.database.server.engine import get_engine
from buster_jobs.packages.database.server.unavailable import explained

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 0x6275_7374_6572
"""The ASCII codes of "buster"; held while migrating."""


def migrate(engine: Engine | None = None) -> bool:
    """Migrate to the newest revision. Returns whether there was anything to do.

    Raises `DatabaseUnavailable` or `ConfigurationError` when the database cannot be reached.
    """
    engine = engine or get_engine()
    if is_current(engine):
        return False
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        if _revision(connection) == newest_revision():
            return False
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        _upgrade(connection)
    return True


def is_current(engine: Engine | None = None) -> bool:
    """Whether the schema is at the newest revision. One query. Raises as `migrate` does."""
    engine = engine or get_engine()
    try:
        with engine.connect() as connection:
            return _revision(connection) == newest_revision()
    except DBAPIError as error:
        raise explained(error, engine.url) from None


@cache
def newest_revision() -> str:
    """The newest revision in the code: the file of `versions/` that sorts last, by our naming."""
    return max(path.stem for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str | None:
    # to_regclass() would answer from the session's cache, which is stale after the wait for the lock.
    exists = text("SELECT 1 FROM pg_tables WHERE schemaname = :schema AND tablename = 'alembic_version'")
    if connection.scalar(exists, {"schema": SCHEMA}) is None:
        return None
    return connection.scalar(text(f"SELECT version_num FROM {SCHEMA}.alembic_version"))  # noqa: S608 - a constant


def _upgrade(connection: Connection) -> None:
    from alembic import command  # takes 0.1 s, and is rarely needed

    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for our folder, working on `connection`."""
    from alembic.config import Config  # see _upgrade

    config = Config()
    # Alembic's configuration interpolates %.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
