"""Layer (a) of MySQL, SQLite and DuckDB: what is refused, what passes, and that it means what it meant."""

from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table
from buster_jobs.packages.data_sources.errors import QueryRefused
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs.packages.data_sources.guard.rules import rules_of
from buster_jobs_tests.packages.data_sources import common_attacks, common_queries, corpus
from buster_jobs_tests.packages.data_sources.engines import Engine
from buster_jobs_tests.support.properties import WITH_FIXTURES

TABLES = ("customers", "items", "order_totals", "orders", "products", "visits")
ENGINES = [engine for engine in corpus.ENGINES if engine != "postgres"]
SCHEMAS = {"mysql": "shop", "sqlite": "main", "duckdb": "main"}


def listed(dialect: str, module: str, name: str) -> list[str]:
    common = {"attacks": common_attacks.ATTACKS, "queries": common_queries.QUERIES}[module]
    own = getattr(import_module(f"buster_jobs_tests.packages.data_sources.{dialect}.{module}"), name)
    # What is an attack on one engine may be harmless on another: only the common list is checked on all three.
    return [*common, *own]


def catalog_of(dialect: str) -> Catalog:
    column = Column("a", "integer", "integer")
    return Catalog(tuple(Table(SCHEMAS[dialect], name, "table", (column,)) for name in (*TABLES, "t")))


@pytest.mark.parametrize("dialect", ENGINES)
def test_every_attack_is_refused_with_a_reason(dialect: str) -> None:
    attacks, catalog = listed(dialect, "attacks", "ATTACKS"), catalog_of(dialect)
    passed = [sql for sql in attacks if _refusal(sql, catalog, dialect) is None]
    assert set(passed) == HARMLESS[dialect]
    reasons = [reason for sql in attacks if (reason := _refusal(sql, catalog, dialect)) is not None]
    assert [reason for reason in reasons if not reason or "\n" in reason or len(reason) >= 250] == []
    assert len(set(attacks)) >= 150


# A backslash escapes there: the whole is one string.
HARMLESS = {
    "mysql": {"SELECT '\\'; DELETE FROM orders; --'", "SELECT '\\' , sleep(5) , '"},
    "sqlite": set[str](),
    "duckdb": set[str](),
}


def _refusal(sql: str, catalog: Catalog, dialect: str) -> str | None:
    try:
        guard_query(sql, catalog, dialect)
    except QueryRefused as refused:
        return refused.message
    return None


def test_an_analysts_queries_answer_as_they_do_unguarded(engine: Engine) -> None:
    catalog, different = engine.catalog(), list[str]()
    queries = listed(engine.dialect, "queries", "QUERIES")
    for sql in queries:
        written = guard_query(sql, catalog, engine.dialect)
        assert guard_query(written, catalog, engine.dialect) == written
        if repr(engine.fetch(written)) != repr(engine.fetch(sql)):
            different.append(f"{sql} -> {written}")
    assert different == []
    assert len(set(queries)) >= 95


_PIECES = [
    *("SELECT", "FROM", "WITH", "AS", "DELETE", "INTO", "CASE", "UNION", "NOT", "IN", "t", "a", "sleep", "1", "->"),
    *(
        "$1",
        "(",
        ")",
        "[",
        "]",
        "{",
        "'",
        '"',
        "`",
        "$$",
        "E'",
        "x'",
        "--",
        "/*",
        "*/",
        "/*!",
        "#",
        ";",
        "\\",
        ",",
        ".",
        "\n",
    ),
]


@pytest.mark.parametrize("dialect", ENGINES)
@settings(suppress_health_check=WITH_FIXTURES)
@given(sql=st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join) | st.text(max_size=60))
def test_whatever_comes_is_refused_or_written_but_never_crashes(dialect: str, sql: str) -> None:
    try:
        written = guard_query(sql, catalog_of(dialect), dialect)
    except QueryRefused:
        return
    bare = rules_of(dialect).read(written).sql
    assert "sleep(" not in bare
    assert ";" not in bare


@settings(suppress_health_check=WITH_FIXTURES, max_examples=60)
@given(value=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30))
def test_any_string_reaches_the_engine_as_it_was_written(engine: Engine, value: str) -> None:
    doubled = value.replace("\\", "\\\\") if engine.dialect == "mysql" else value
    literal = "'" + doubled.replace("'", "''") + "'"
    written = guard_query(f"SELECT {literal} AS v", Catalog(()), engine.dialect)
    assert written == f"SELECT {literal} AS v"
    assert engine.fetch(written)[0][0] == value


def test_a_table_is_found_as_the_engine_compares_names() -> None:
    assert guard_query("SELECT 1 FROM ORDERS", catalog_of("sqlite"), "sqlite") == "SELECT 1 FROM main.orders"
    assert guard_query("SELECT 1 FROM Orders", catalog_of("duckdb"), "duckdb") == "SELECT 1 FROM main.orders"
    with pytest.raises(QueryRefused):
        guard_query("SELECT 1 FROM ORDERS", catalog_of("mysql"), "mysql")
