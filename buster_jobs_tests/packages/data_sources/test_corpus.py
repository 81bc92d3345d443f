"""The corpus: attacks are refused by the guard, and harm nothing past it; queries answer as they do without it."""

from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs_tests.packages.data_sources import corpus
from buster_jobs_tests.packages.data_sources.engine_fixtures import ENGINES
from buster_jobs_tests.packages.data_sources.engines import Engine, postgres_engine
from buster_jobs_tests.packages.data_sources.harm import listening, state_of
from buster_jobs_tests.packages.data_sources.judging import let_through, past_the_guard
from buster_jobs_tests.packages.data_sources.reading import reading
from buster_jobs_tests.support.polling import until

# DuckDB starts a process for each query: here every fourth attack is tried past its guard, in the benchmark all are.
_EVERY = {"duckdb": 4}


@pytest.fixture(scope="module")
def postgres_shop(shop_url: str) -> Generator[Engine]:
    with postgres_engine(shop_url) as engine:
        yield engine


@pytest.fixture(params=["postgres", *ENGINES])
def every_engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(f"{request.param}_shop")


def test_every_attack_is_refused_by_the_guard(every_engine: Engine) -> None:
    attacks = corpus.attacks(every_engine.dialect)
    assert let_through(attacks, every_engine.catalog(), every_engine.dialect) == []
    assert len(set(attacks)) > 250


def test_past_the_guard_nothing_is_changed_and_no_address_called(every_engine: Engine, files: Path) -> None:
    with listening() as listener, reading(every_engine) as source:
        attacks = corpus.attacks(every_engine.dialect, listener.port)[:: _EVERY.get(every_engine.dialect, 1)]
        before = state_of(every_engine, files)
        verdict = past_the_guard(attacks, source)
        until(lambda: state_of(every_engine, files) == before, "what was stopped has let go, and all is as before")
        assert listener.calls == 0
    # Those that wait are stopped, and on a busy machine others too: only what answers is not stopped at all.
    assert verdict.answered < len(attacks) / 2
    assert verdict.refused > len(attacks) / 4
    # Generous: that it ends is what is tested, not how fast.
    assert verdict.longest < 120


def test_every_query_answers_as_it_does_unguarded(every_engine: Engine) -> None:
    catalog, different = every_engine.catalog(), list[str]()
    for sql in corpus.queries(every_engine.dialect):
        written = guard_query(sql, catalog, every_engine.dialect)
        assert guard_query(written, catalog, every_engine.dialect) == written
        if repr(every_engine.fetch(written)) != repr(every_engine.fetch(sql)):
            different.append(f"{sql} -> {written}")
    assert different == []
    assert len(set(corpus.queries(every_engine.dialect))) > 100


def test_a_listener_that_is_called_is_seen(shop_url: str) -> None:
    """The test of the test: a call to the address and a change of rows are noticed."""
    with listening() as listener, postgres_engine(shop_url) as engine:
        before = state_of(engine)
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host="127.0.0.1", port=listener.port, user="x", dbname="x", connect_timeout=5)
        assert listener.calls > 0
        engine.fetch("UPDATE visits SET visitors = visitors + 1")
        assert state_of(engine) != before
        engine.fetch("UPDATE visits SET visitors = visitors - 1")
        assert state_of(engine) == before
