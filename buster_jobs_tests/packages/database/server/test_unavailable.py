"""What is said when the database cannot be reached or the setting is wrong: one sentence, without the password."""

import socket
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import URL, Engine, text

from buster_jobs.packages.database.server import engine, tcp_keepalive
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs.packages.database.server.engine import database_url, session
from buster_jobs.packages.database.server.unavailable import DatabaseUnavailable
from buster_jobs.packages.errors import BusterError, ConfigurationError
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.ports import free_port

Configure = Callable[..., None]
SECRET = "s3cr3t-w0rd"


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (f"user:{SECRET}@host/app", "is not a URL"),
        (f"postgresql://user:{SECRET}@host:port/app", "is not a URL"),
        (" ", "is not a URL"),
        (f"mysql://user:{SECRET}@host/app", "must be of PostgreSQL, not of mysql"),
        (f"sqlite:///{SECRET}", "must be of PostgreSQL, not of sqlite"),
        (f"postgresql+asyncpg://user:{SECRET}@host/app", "must be of PostgreSQL, not of postgresql"),
        (f"postgresql://user:{SECRET}@host", "names no database"),
    ],
)
def test_a_malformed_setting_is_one_sentence_without_the_password(
    setting: str, sentence: str, configure: Configure
) -> None:
    configure(BUSTER_DATABASE_URL=setting)
    with pytest.raises(ConfigurationError, match=sentence) as raised:
        database_url()
    assert_one_sentence_without_the_secret(raised.value)


@pytest.fixture
def with_password(postgres: EmbeddedServer) -> Generator[None]:
    """The user `guarded` has to give a password."""
    rules = postgres.data_dir / "pg_hba.conf"
    before = rules.read_text()
    with as_superuser(postgres) as superuser:
        run(superuser, f"CREATE ROLE guarded LOGIN PASSWORD '{SECRET}'")
        rules.write_text(f"local all guarded scram-sha-256\n{before}")
        reload(postgres)
        yield
        rules.write_text(before)
        reload(postgres)
        run(superuser, "DROP ROLE guarded")


@contextmanager
def as_superuser(server: EmbeddedServer) -> Generator[Engine]:
    """An autocommitting engine on the server's own database."""
    opened = engine.new_engine(server.url("postgres")).execution_options(isolation_level="AUTOCOMMIT")
    yield opened
    opened.dispose()


def reload(server: EmbeddedServer) -> None:
    """Returns when new connections get the new rules, which the server reads in its own time."""
    before = loaded_at(server)
    with as_superuser(server) as superuser:
        run(superuser, "SELECT pg_reload_conf()")
    until(lambda: loaded_at(server) > before, "the server has read its rules")


def loaded_at(server: EmbeddedServer) -> datetime:
    """When the server read its settings, as a new connection is told."""
    with as_superuser(server) as superuser, superuser.connect() as connection:
        return connection.execute(text("SELECT pg_conf_load_time()")).scalar_one()


def run(opened: Engine, sql: str) -> None:
    with opened.connect() as connection:
        connection.execute(text(sql))


def use(url: URL, configure: Configure) -> None:
    configure(BUSTER_DATABASE_URL=url.render_as_string(hide_password=False))


def test_a_right_password_lets_in(with_password: None, postgres: EmbeddedServer, configure: Configure) -> None:
    use(postgres.url("buster").set(username="guarded", password=SECRET), configure)
    with session() as opened:
        assert opened.scalar(text("SELECT current_user")) == "guarded"


def test_a_wrong_password_is_one_clear_sentence(
    with_password: None, postgres: EmbeddedServer, configure: Configure
) -> None:
    use(postgres.url("buster").set(username="guarded", password=f"not-{SECRET}"), configure)
    error = failure()
    assert isinstance(error, ConfigurationError)
    assert "refused the password of user guarded" in str(error)


def test_a_missing_database_is_one_clear_sentence(postgres: EmbeddedServer, configure: Configure) -> None:
    use(postgres.url("no_such_database"), configure)
    error = failure()
    assert isinstance(error, ConfigurationError)
    assert "has no database no_such_database; create it" in str(error)


def test_a_missing_user_is_one_clear_sentence(postgres: EmbeddedServer, configure: Configure) -> None:
    use(postgres.url("buster").set(username="nobody_here"), configure)
    error = failure()
    assert isinstance(error, ConfigurationError)
    assert "has no user nobody_here" in str(error)


def test_a_port_where_nothing_listens_is_one_clear_sentence(configure: Configure) -> None:
    port = free_port()
    configure(BUSTER_DATABASE_URL=f"postgresql://user:{SECRET}@127.0.0.1:{port}/app")
    error = failure()
    assert isinstance(error, DatabaseUnavailable)
    assert f"PostgreSQL at 127.0.0.1, port {port}, cannot be reached: nothing listens there" in str(error)


def test_a_missing_socket_is_one_clear_sentence(configure: Configure) -> None:
    configure(BUSTER_DATABASE_URL="postgresql:///app?host=/no/such/folder")
    assert "PostgreSQL at /no/such/folder, port 5432, cannot be reached: there is no such socket" in str(failure())


def test_an_unknown_host_is_one_clear_sentence(configure: Configure) -> None:
    configure(BUSTER_DATABASE_URL=f"postgresql://user:{SECRET}@no-such-host.invalid/app")
    error = failure()
    assert isinstance(error, DatabaseUnavailable)
    assert "PostgreSQL at no-such-host.invalid, port 5432, cannot be reached: no such host" in str(error)


def test_a_host_that_never_answers_is_one_clear_sentence(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tcp_keepalive, "CONNECT_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configure(BUSTER_DATABASE_URL=f"postgresql://user:{SECRET}@127.0.0.1:{silent.getsockname()[1]}/app")
        error = failure()
    assert isinstance(error, DatabaseUnavailable)
    assert "did not answer within 5 s" in str(error)


def test_something_that_is_no_postgresql_is_one_clear_sentence(configure: Configure) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        web_server = threading.Thread(target=_answer_in_http, args=(server,))
        web_server.start()
        configure(BUSTER_DATABASE_URL=f"postgresql://user:{SECRET}@127.0.0.1:{server.getsockname()[1]}/app")
        error = failure()
        web_server.join()
    assert isinstance(error, DatabaseUnavailable)


def _answer_in_http(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(8)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def failure() -> BusterError:
    with pytest.raises(BusterError) as raised, session():
        pass
    assert_one_sentence_without_the_secret(raised.value)
    return raised.value


def assert_one_sentence_without_the_secret(error: BusterError) -> None:
    assert SECRET not in str(error) + repr(error) + "".join(traceback.format_exception(error))
    assert "\n" not in str(error)
    assert str(error).endswith(".")
