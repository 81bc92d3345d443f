"""The schema: that models and migrations agree, go up and down, and leave other people's tables alone."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, text

from buster_jobs.packages.database.migrate import alembic_config, is_current, migrate, newest_revision
from buster_jobs.packages.database.model_base import SCHEMA
from buster_jobs.packages.database.models import Base
from buster_jobs.packages.database.server.engine import new_engine
from buster_jobs.packages.database.server.unavailable import DatabaseUnavailable


@pytest.fixture
def empty(scratch_database: Callable[[], URL]) -> Generator[Engine]:
    opened = new_engine(scratch_database())
    yield opened
    opened.dispose()


def differences(connection: Connection) -> list[Any]:
    def only_ours(name: str | None, kind: str, parents: object) -> bool:
        return name == SCHEMA if kind == "schema" else True

    options = {
        "version_table_schema": SCHEMA,
        "include_schemas": True,
        "include_name": only_ours,
        "compare_server_default": True,
        "compare_type": True,
    }
    return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)


def checks(connection: Connection) -> dict[str, str]:
    """Every CHECK by name, as PostgreSQL writes it: Alembic does not compare these."""
    query = text(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'c' AND connamespace = to_regnamespace(:schema)"
    )
    return {row[0]: row[1] for row in connection.execute(query, {"schema": SCHEMA})}


def foreign_keys(connection: Connection) -> set[tuple[str, str]]:
    query = text(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = to_regnamespace(:schema)"
    )
    return {(name, definition) for name, definition in connection.execute(query, {"schema": SCHEMA})}


def tables(connection: Connection, schema: str = SCHEMA) -> set[str]:
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
    return set(connection.scalars(query, {"schema": schema}))


def test_models_and_migrations_do_not_differ(empty: Engine) -> None:
    migrate(empty)
    with empty.connect() as connection:
        assert differences(connection) == []


def test_the_rules_in_the_models_are_the_rules_in_the_migrations(
    empty: Engine, scratch_database: Callable[[], URL]
) -> None:
    migrate(empty)
    from_models = new_engine(scratch_database())
    with from_models.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        Base.metadata.create_all(connection)
    with empty.connect() as migrated, from_models.connect() as modelled:
        assert checks(migrated) == checks(modelled)
        assert foreign_keys(migrated) == foreign_keys(modelled)
    from_models.dispose()


def test_every_migration_can_be_undone_and_done_again(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
        assert tables(connection) == {"alembic_version"}
    assert is_current(empty) is False
    assert migrate(empty) is True
    with empty.connect() as connection:
        assert differences(connection) == []


def test_a_second_time_there_is_nothing_to_do(empty: Engine) -> None:
    assert is_current(empty) is False
    assert migrate(empty) is True
    assert is_current(empty) is True
    assert migrate(empty) is False


def test_of_two_that_migrate_at_once_one_does(empty: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(migrate, [empty] * 4)) == [False, False, False, True]


def test_dagsters_tables_in_public_are_left_alone(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE public.jobs (theirs int)"))
        connection.execute(text("CREATE TABLE public.alembic_version AS SELECT 'theirs' AS version_num"))
    migrate(empty)
    with empty.connect() as connection:
        assert differences(connection) == []
        assert tables(connection, "public") == {"jobs", "alembic_version"}
        assert connection.scalar(text("SELECT version_num FROM public.alembic_version")) == "theirs"


def test_a_failed_migration_leaves_nothing(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        connection.execute(text(f"CREATE TABLE {SCHEMA}.step_outputs (in_the_way int)"))
    with pytest.raises(Exception, match="already exists"):
        migrate(empty)
    with empty.connect() as connection:
        assert tables(connection) == {"step_outputs"}


def test_the_file_that_sorts_last_is_the_newest_revision(empty: Engine) -> None:
    with empty.connect() as connection:
        assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [newest_revision()]


def test_an_unreachable_database_is_one_sentence() -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be reached"):
        migrate(new_engine(URL.create("postgresql+psycopg", database="app", query={"host": "/no/such/folder"})))
