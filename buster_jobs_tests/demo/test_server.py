"""The demo's database and its reader, on the embedded server and on one with passwords."""

from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import URL, create_engine, make_url, text

from buster_jobs.demo.server import DemoServer, prepare_server, reader_url
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.errors import ConfigurationError


def as_reader(server: DemoServer) -> psycopg.Connection:
    return psycopg.connect(reader_url(server, None))


def test_the_reader_cannot_write_even_when_it_asks_for_a_writing_transaction(flights: DemoServer) -> None:
    with as_reader(flights) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM airlines")


@pytest.mark.parametrize("statement", ["CREATE TABLE mine ()", "CREATE TEMP TABLE mine ()"])
def test_the_reader_makes_no_tables(flights: DemoServer, statement: str) -> None:
    with as_reader(flights) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())


def test_the_readers_url_is_one_that_a_data_source_takes(flights: DemoServer) -> None:
    assert "flights" in {table.name for table in connect(reader_url(flights, None)).introspect().tables}


def test_our_own_database_is_refused(postgres: EmbeddedServer) -> None:
    with pytest.raises(ConfigurationError, match="holds Buster's own tables"):
        prepare_server("buster")


@pytest.fixture
def elsewhere(
    postgres: EmbeddedServer, scratch_database: Callable[[], URL], configure: Callable[..., None]
) -> Callable[[str], None]:
    """`elsewhere(rights)`: BUSTER_DATABASE_URL leads to a role with these rights."""

    def use(rights: str) -> None:
        engine = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("DROP ROLE IF EXISTS somebody"))
            connection.execute(text(f"CREATE ROLE somebody LOGIN PASSWORD 'hidden-7f3a' {rights}"))
        engine.dispose()
        url = scratch_database().set(username="somebody", password="hidden-7f3a")
        configure(BUSTER_DATABASE_URL=url.render_as_string(hide_password=False))

    return use


def test_a_user_without_createdb_is_told_which_rights_to_grant(elsewhere: Callable[[str], None]) -> None:
    elsewhere("NOCREATEDB CREATEROLE")
    with pytest.raises(ConfigurationError, match="give it CREATEDB and CREATEROLE") as caught:
        prepare_server("forbidden")
    assert "hidden-7f3a" not in str(caught.value)


def test_on_a_server_with_passwords_the_readers_password_is_kept_while_its_url_is_right(
    elsewhere: Callable[[str], None],
) -> None:
    elsewhere("SUPERUSER")
    server = prepare_server("with_passwords")
    first = reader_url(server, None)
    password = make_url(first).password
    assert password
    assert reader_url(server, first) == first
    moved = make_url(first).set(database="another").render_as_string(hide_password=False)
    assert make_url(reader_url(server, moved)).password not in (None, password)
