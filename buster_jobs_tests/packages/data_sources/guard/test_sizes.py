"""How many rows or letters a call may make: judged by its numbers, in every engine."""

import pytest

from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.errors import QueryRefused
from buster_jobs.packages.data_sources.guard import guard_query

_NOTHING = Catalog(())


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("postgres", "SELECT repeat('x', 1000001)"),
        ("postgres", "SELECT repeat(repeat('x', 2000), 2000)"),
        ("postgres", "SELECT lpad('x', 2000000)"),
        ("postgres", "SELECT * FROM generate_series(1, 10, 0)"),
        ("mysql", "SELECT SPACE(2000000)"),
        ("duckdb", "SELECT max(range) FROM range(2000000)"),
        ("duckdb", "SELECT max(range) FROM range(length(''), 10000000000)"),
        ("duckdb", "SELECT * FROM range(0, 1000, 0.0001)"),
    ],
)
def test_what_makes_more_than_a_million_values_or_letters_is_refused(dialect: str, sql: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        guard_query(sql, _NOTHING, dialect)
    assert "1,000,000" in refused.value.message


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("postgres", "SELECT * FROM GENERATE_SERIES(1700000000, 1700000010) AS t(s)"),
        ("postgres", "SELECT REPEAT(LPAD('x', 1000), 1000)"),
        ("duckdb", "SELECT * FROM range(1700000000, 1700000010)"),
        ("duckdb", "SELECT bar(5, 0, 20000000, 10)"),
        ("postgres", "SELECT * FROM generate_series(1, 10, length('abc'))"),
        ("mysql", "SELECT LPAD(1, 9, '0')"),
    ],
)
def test_large_numbers_that_make_little_are_let_through(dialect: str, sql: str) -> None:
    assert guard_query(sql, _NOTHING, dialect)
