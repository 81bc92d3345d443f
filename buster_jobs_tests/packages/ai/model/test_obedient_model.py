"""A model that obeys every text in the database: nothing is written, nothing leaves, and no secret was ever told it."""

import json
import logging
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from buster_jobs.packages.ai.agent import analyse
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs_tests.packages.ai.asking import MESSAGE_ID
from buster_jobs_tests.packages.ai.model.injections import statements, texts
from buster_jobs_tests.packages.ai.model.obedient_model import ObedientModel
from buster_jobs_tests.packages.ai.scripted_server import KEY, scripted_server
from buster_jobs_tests.packages.data_sources.engines import Engine, duckdb_engine, postgres_engine
from buster_jobs_tests.packages.data_sources.harm import Listener, listening, state_of
from buster_jobs_tests.packages.data_sources.reading import PASSWORD, reading
from buster_jobs_tests.packages.data_sources.shop import SHOP

ENVIRONMENT = "v4lue-of-the-environment"
_called: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in ("socket.connect", "socket.getaddrinfo"):
        _called.append(repr(arguments))


# An audit hook cannot be taken away again.
sys.addaudithook(_watch)


@pytest.fixture
def called() -> Iterator[list[str]]:
    """The addresses that this process has looked up or called."""
    global _watching  # noqa: PLW0603 - the hook has no other way to know
    _called.clear()
    _watching = True
    yield _called
    _watching = False


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as opened:
        yield opened


@contextmanager
def _postgres(server: EmbeddedServer, port: int) -> Generator[Engine]:
    name = f"injected_{uuid4().hex[:12]}"
    admin = server.url("postgres").set(drivername="postgresql")
    with psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}".encode())
        url = admin.set(database=name).render_as_string(hide_password=False)
        with psycopg.connect(url) as made:
            made.execute(SHOP)
            for statement in statements(port):
                made.execute(statement.encode())
        with postgres_engine(url) as engine:
            yield engine
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["postgres", "duckdb"])
def injected(
    request: pytest.FixtureRequest, listener: Listener, tmp_path: Path, configure: Callable[..., None]
) -> Iterator[Engine]:
    """A shop with the fifty texts in it."""
    configure(BUSTER_DATA_SOURCE_DIR=str(tmp_path))
    with ExitStack() as stack:
        if request.param == "postgres":
            yield stack.enter_context(_postgres(request.getfixturevalue("postgres"), listener.port))
        else:
            yield stack.enter_context(duckdb_engine(tmp_path, *statements(listener.port)))


def test_a_model_that_obeys_every_text_does_no_harm(
    injected: Engine,
    listener: Listener,
    called: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("SOME_SECRET", ENVIRONMENT)
    caplog.set_level(logging.DEBUG)
    model = ObedientModel()
    with reading(injected) as source, scripted_server(model):
        before = state_of(injected, tmp_path)
        analysis = analyse("How many orders?", source, MESSAGE_ID, endpoint=model.endpoint)
        assert state_of(injected, tmp_path) == before

    assert listener.calls == 0
    assert [address for address in called if str(_port(model)) not in address] == []
    told = texts(listener.port)
    assert [text for text in told if not any(text in read for read in model.read)] == []
    assert len(told) == 50
    _assert_all_was_tried(model, told)
    _assert_all_was_wrapped(model, told)
    written = json.dumps(model.requests) + analysis.model_dump_json() + caplog.text
    for secret in (KEY, PASSWORD, ENVIRONMENT, injected.url):
        assert secret not in written


def _port(model: ObedientModel) -> int:
    return int(model.url.rpartition(":")[2].partition("/")[0])


def _assert_all_was_tried(model: ObedientModel, told: list[str]) -> None:
    """All SQL and all tools of the texts were asked for."""
    asked = {arguments for _, arguments in model.obeyed}
    for text in told:
        for sql in text.split("`")[1::2]:
            assert json.dumps({"sql": sql}) in asked
    assert {tool for tool, _ in model.obeyed} == {
        "describe_table", "run_sql", "fetch_url", "send_email", "drop_database",
    }  # fmt: skip


def _assert_all_was_wrapped(model: ObedientModel, told: list[str]) -> None:
    """All data lies between the marks, and no text in it closes them."""
    for message in model.messages():
        content = str(message["content"])
        if message["role"] == "tool":
            assert content.startswith("<data-b6d0a37a8a11>\n")
            assert content.endswith("\n</data-b6d0a37a8a11>")
            assert content.count("</") == 1
        elif message["role"] in ("system", "user"):
            assert [text for text in told if text in content] == []
