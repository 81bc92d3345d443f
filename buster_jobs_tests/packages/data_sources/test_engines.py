"""Every engine in the table has an adapter, rules of the guard, attacks and queries in the tests, and documentation."""

import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.engines import ENGINES, Engine
from buster_jobs.packages.data_sources.errors import QueryRefused
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs.packages.errors import ConfigurationError, InvalidInput
from buster_jobs_tests.packages.data_sources import corpus
from buster_jobs_tests.packages.data_sources.engine_fixtures import ENGINES as ENGINES_OF_THE_SHOP
from buster_jobs_tests.packages.data_sources.guard import test_basic_rules

_ROOT = Path(__file__).parents[3]


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.dialect)
def entry(request: pytest.FixtureRequest) -> Engine:
    return request.param


def test_each_of_its_schemes_is_opened_by_its_adapter_or_names_the_missing_driver(entry: Engine) -> None:
    is_installed = all(find_spec(driver.partition(".")[0]) for driver in entry.drivers)
    for scheme in (*entry.schemes, *entry.also):
        url = entry.example.replace(entry.schemes[0], scheme, 1)
        if is_installed:
            assert connect(url).dialect == entry.dialect
            continue
        with pytest.raises(ConfigurationError, match=f"buster-jobs\\[{entry.extra}\\]"):
            connect(url)


def test_its_guard_writes_a_query_and_refuses_a_change(entry: Engine) -> None:
    orders = Table("shop", "orders", "table", (Column("id", "integer", "integer"),))
    assert "orders" in guard_query("SELECT count(*) AS n FROM orders", Catalog((orders,)), entry.dialect)
    with pytest.raises(QueryRefused):
        guard_query("DELETE FROM orders", Catalog((orders,)), entry.dialect)


def test_its_attacks_and_queries_are_in_the_corpus_or_among_those_of_the_basic_rules(entry: Engine) -> None:
    assert entry.dialect in {*corpus.ENGINES, *test_basic_rules.SCHEMAS}


def test_its_extra_and_its_import_rule_are_declared(entry: Engine) -> None:
    declared = tomllib.loads((_ROOT / "pyproject.toml").read_text())
    assert entry.extra is None or entry.extra in declared["project"]["optional-dependencies"]
    apart = next(
        layer
        for contract in declared["tool"]["importlinter"]["contracts"]
        if contract["name"].startswith("Adapters of data sources")
        for layer in contract["layers"]
        if "|" in layer
    )
    assert entry.adapter.split(".")[-2] in apart.split(" | ")


def test_its_url_is_documented(entry: Engine) -> None:
    page = (_ROOT / "docs" / "data-sources.md").read_text()
    assert entry.name in page
    assert f"`{entry.example}`" in page


def test_each_engine_of_the_corpus_is_asked_in_the_tests() -> None:
    asked = [engine if isinstance(engine, str) else engine.values[0] for engine in ENGINES_OF_THE_SHOP]
    assert sorted(["postgres", *map(str, asked)]) == sorted(corpus.ENGINES)


def test_an_unknown_engine_is_refused_with_the_schemes_that_there_are() -> None:
    with pytest.raises(InvalidInput, match="must begin with one of postgresql://, mysql://, mariadb://, sqlite://"):
        connect("nowhere://user:password@host/database")
