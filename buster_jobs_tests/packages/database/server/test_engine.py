"""The way into PostgreSQL: addresses, sessions, forks. What is said when it fails: test_unavailable."""

import os
from collections.abc import Callable
from typing import NoReturn

import pytest
from sqlalchemy import URL, text

from buster_jobs.packages.database.server import engine
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.database.server.engine import database_url, get_engine, reset_engine, session
from buster_jobs.packages.database.server.unavailable import DatabaseUnavailable

Configure = Callable[..., None]


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"])
@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_every_way_to_write_postgresql_names_the_driver_that_was_asked_for(
    scheme: str, driver: str, configure: Configure
) -> None:
    configure(BUSTER_DATABASE_URL=f"{scheme}://user:p%40ss@db.example:5433/app?sslmode=require")
    url = database_url(driver)
    assert url.drivername == f"postgresql+{driver}"
    assert (url.password, url.host, url.port, url.database) == ("p@ss", "db.example", 5433, "app")
    assert url.query == {"sslmode": "require"}


def test_without_a_setting_it_is_the_embedded_servers_database(postgres: EmbeddedServer) -> None:
    assert database_url("psycopg2") == postgres.url("buster", "psycopg2")


@pytest.mark.parametrize("driver", ["psycopg", "psycopg2"])
def test_the_embedded_address_survives_being_written_down(driver: str, postgres: EmbeddedServer) -> None:
    written = database_url(driver).render_as_string(hide_password=False)
    opened = engine.new_engine(engine.parsed_url(written).set(drivername=f"postgresql+{driver}"))
    with opened.connect() as connection:
        assert connection.scalar(text("SELECT current_database()")) == "buster"
    opened.dispose()


@pytest.fixture
def table(scratch_database: Callable[[], URL], configure: Configure) -> Callable[[], list[int]]:
    """A table `t` with a column `n` in a database of the test's own; reads it."""
    configure(BUSTER_DATABASE_URL=scratch_database().render_as_string(hide_password=False))
    with session() as opened:
        opened.execute(text("CREATE TABLE t (n int)"))

    def rows() -> list[int]:
        with session() as opened:
            return list(opened.scalars(text("SELECT n FROM t ORDER BY n")))

    return rows


def test_a_session_is_kept_when_its_block_ends_well_and_undone_when_it_raises(table: Callable[[], list[int]]) -> None:
    with session() as opened:
        opened.execute(text("INSERT INTO t VALUES (1)"))
    with pytest.raises(ZeroDivisionError):
        _insert_and_raise()
    assert table() == [1]


def test_a_connection_lost_inside_a_block_is_a_sentence_and_the_next_block_works(
    table: Callable[[], list[int]],
) -> None:
    with pytest.raises(DatabaseUnavailable):
        _lose_the_connection()
    assert table() == []


def _insert_and_raise() -> None:
    with session() as opened:
        opened.execute(text("INSERT INTO t VALUES (2)"))
        raise ZeroDivisionError


def _lose_the_connection() -> None:
    with session() as opened:
        pid = opened.scalar(text("SELECT pg_backend_pid()"))
        with session() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 60000)"), {"pid": pid})
        opened.execute(text("SELECT 1"))


def test_a_connection_that_died_while_idle_is_not_noticed(table: Callable[[], list[int]]) -> None:
    with session() as opened:
        pid = opened.scalar(text("SELECT pg_backend_pid()"))
    with session() as first, session() as second:
        killer = second if first.scalar(text("SELECT pg_backend_pid()")) == pid else first
        first.commit()
        # With a limit it waits until the backend is gone; without, the next query could still reach it.
        killer.execute(text("SELECT pg_terminate_backend(:pid, 60000)"), {"pid": pid})
    assert table() == []


def test_a_forked_child_gets_connections_of_its_own(table: Callable[[], list[int]]) -> None:
    with session() as opened:
        parents = opened.scalar(text("SELECT pg_backend_pid()"))
        child = os.fork()
        if child == 0:
            _end(lambda: _child_uses_another(parents))
        assert os.waitpid(child, 0)[1] == 0
        assert opened.scalar(text("SELECT pg_backend_pid()")) == parents
        opened.execute(text("INSERT INTO t VALUES (1)"))
    assert table() == [1]


def _end(judge: Callable[[], bool]) -> NoReturn:
    """In a child: whatever happens, it does not go on with its parent's tests."""
    try:
        os._exit(0 if judge() else 1)
    finally:
        os._exit(1)


def _child_uses_another(parents: int | None) -> bool:
    try:
        with session() as opened:
            return opened.scalar(text("SELECT pg_backend_pid()")) != parents
    finally:
        reset_engine()


def test_there_is_one_engine_per_process(postgres: EmbeddedServer) -> None:
    assert get_engine() is get_engine()


def test_an_empty_setting_counts_as_none(configure: Callable[..., None], postgres: EmbeddedServer) -> None:
    configure(BUSTER_DATABASE_URL="")
    assert database_url() == postgres.url("buster")
