"""The flights, loaded once for all tests of the demo."""

from collections.abc import Generator

import psycopg
import pytest
from sqlalchemy import Engine

from buster_jobs.demo.load import load_flights
from buster_jobs.demo.server import DemoServer, prepare_server


@pytest.fixture(scope="session")
def flights(postgres: object) -> DemoServer:
    server = prepare_server()
    load_flights(server)
    return server


@pytest.fixture
def query(flights: DemoServer, database: Engine) -> Generator[psycopg.Cursor]:
    """A cursor on the flights."""
    with flights.connect() as connection:
        yield connection.cursor()
