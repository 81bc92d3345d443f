"""Databases for the offline analyst: each schema is loaded once a session, into a database of its own."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import psycopg
import pytest

from buster_jobs.packages.ai.analysis import Analysis
from buster_jobs.packages.ai.offline.analyst import answer_offline
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.server.embedded import EmbeddedServer
from buster_jobs_tests.packages.ai.offline import clinic, flights, shop
from buster_jobs_tests.packages.ai.offline.agreement import agree
from buster_jobs_tests.packages.ai.offline.gold.sets import Question, Verdict

MESSAGE = UUID("11111111-2222-4333-8444-555555555555")
TODAY = date(2024, 7, 17)
_SCHEMAS: dict[str, Callable[[], str]] = {
    "flights": flights.schema,
    "shop": lambda: shop.SNAKE,
    "shop_camel": lambda: shop.camel(shop.SNAKE),
    "clinic": lambda: clinic.SCHEMA,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A database that questions are put to; `url` is for gold queries."""

    url: str
    source: DataSource
    catalog: Catalog

    def ask(self, question: str, *earlier: str, today: date = TODAY) -> Analysis:
        now = datetime.combine(today, time(10), UTC)
        return answer_offline(question, self.source, message_id=MESSAGE, catalog=self.catalog, earlier=earlier, now=now)

    def gold(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            # The SQL of a test's own table of questions: psycopg wants a literal, which it is not.
            return connection.execute(sql.encode()).fetchall()

    def fault(self, question: str, sql: str | None) -> str | None:
        """What is wrong with the answer to a question; None when nothing is."""
        analysis = self.ask(question)
        if sql is None:
            return f"answered: {analysis.response}" if analysis.answered else None
        if not analysis.answered:
            return f"declined: {analysis.response}"
        gold = self.gold(sql)
        return None if agree(analysis.rows, gold[:50]) else f"wrong: {analysis.sql} {analysis.rows[:3]} not {gold[:3]}"

    def verdict(self, question: Question, today: date) -> Verdict:
        """How the answer to a question of a gold set is to be counted."""
        analysis = self.ask(question.text, *question.earlier, today=today)
        if not question.answers:
            return "answered in vain" if analysis.answered else "declined in time"
        if not analysis.answered:
            return "declined"
        right = any(agree(analysis.rows, self.gold(sql)[:50]) for sql in question.answers)
        return "right" if right else "wrong"


Loader = Callable[[str], Asked]


@pytest.fixture(scope="session")
def load(postgres: EmbeddedServer) -> Generator[Loader]:
    """Makes a database from SQL and opens it; all are dropped at the end of the session."""
    made: list[str] = []
    server = _plain(postgres, "postgres")

    def make(sql: str) -> Asked:
        name = f"offline_{uuid4().hex[:10]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        made.append(name)
        with psycopg.connect(_plain(postgres, name), autocommit=True) as connection:
            connection.execute(sql.encode())
        source = connect(_plain(postgres, name))
        return Asked(_plain(postgres, name), source, source.introspect())

    yield make
    with psycopg.connect(server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def asked(load: Loader) -> Callable[[str], Asked]:
    """A database by the name of its schema: flights, shop, shop_camel, clinic."""
    opened: dict[str, Asked] = {}

    def open_one(name: str) -> Asked:
        if name not in opened:
            opened[name] = load(_SCHEMAS[name]())
        return opened[name]

    return open_one


def _plain(server: EmbeddedServer, database: str) -> str:
    return server.url(database).set(drivername="postgresql").render_as_string(hide_password=False)
