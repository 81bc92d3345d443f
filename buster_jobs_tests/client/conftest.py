"""One `dagster dev` with the client's test tasks, and clients that talk to it."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from buster_jobs.client import Client
from buster_jobs_tests.client.code_location import MODULE
from buster_jobs_tests.support.dagster_dev import DagsterDev, dagster, running

NewClient = Callable[..., Client]


@pytest.fixture(scope="package")
def webserver(postgres: object, tmp_path_factory: pytest.TempPathFactory) -> Generator[DagsterDev]:
    """`dagster dev` of the test tasks. It ends with this package: its workers would take other tests' runs."""
    log = tmp_path_factory.mktemp("client") / "log"
    with running(dagster("dev", "-m", MODULE), log, {}, MODULE) as dev:
        yield dev


@pytest.fixture
def new_client(webserver: DagsterDev, database: Engine) -> Generator[NewClient]:
    """`new_client(url=…)`: a client of the webserver, or of something in front of it."""
    made: list[Client] = []

    def make(url: str = webserver.url, **arguments: object) -> Client:
        client = Client(url, **{"location": MODULE, **arguments})  # pyright: ignore[reportArgumentType] - passed on
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(new_client: NewClient) -> Client:
    """A client of the webserver."""
    return new_client()


@pytest.fixture
def effects(tmp_path: Path) -> Path:
    """Where `echo` leaves a file for each execution."""
    folder = tmp_path / "effects"
    folder.mkdir()
    return folder
