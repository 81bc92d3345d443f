"""Queries that the guard must let through and that would never end or take all memory: caps and timers end them."""

import pytest

from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import BusterError, TimedOut
from buster_jobs_tests.packages.data_sources.engines import Engine

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n"


def test_a_recursion_without_end_is_ended(engine: Engine) -> None:
    if engine.dialect == "mysql":
        # MariaDB stops by itself after so many rounds, and answers.
        assert engine.source().query(ENDLESS, timeout=60.0).rows <= ((1_001,),)
        return
    # DuckDB may reach its memory's limit first.
    with pytest.raises((TimedOut, QueryFailed)):
        engine.source().query(ENDLESS, timeout=0.3)


def test_a_recursion_without_end_is_ended_by_postgres(shop: DataSource) -> None:
    with pytest.raises(TimedOut):
        shop.query(ENDLESS, timeout=0.3)


def test_a_series_whose_length_no_one_can_read_off_is_ended_by_the_timer(shop: DataSource) -> None:
    with pytest.raises(TimedOut):
        shop.query("SELECT count(*) FROM generate_series(1, (SELECT 2000000000)) AS n", timeout=0.3)


def test_a_series_in_the_columns_is_cut_after_its_first_rows(shop: DataSource) -> None:
    result = shop.query("SELECT generate_series(1, (SELECT 2000000000)) AS n", max_rows=3)
    assert (result.rows, result.truncated) == (((1,), (2,), (3,)), True)


RUNAWAYS = {
    "sqlite": [
        "SELECT printf('%.*c', 1000000000, 'x') AS a",
        "SELECT group_concat(printf('%099999d', a.id)) AS a FROM orders a, orders b, orders c",
        "SELECT replace(hex(printf('%099999d', 1)), '0', printf('%099999d', 2)) AS a",
    ],
    "duckdb": [
        "SELECT string_agg(repeat('x', 1000000), '') AS a FROM orders a, orders b",
        "SELECT lpad('x', 2000000000, 'y') AS a",
        "SELECT printf('%1000000000d', 1) AS a",
    ],
    "mysql": [
        "SELECT COUNT(*) AS n FROM orders a, orders b, orders c, orders d, orders e",
    ],
}


def test_what_would_take_all_memory_or_time_ends_as_an_error(engine: Engine) -> None:
    source, answered = engine.source(), list[str]()
    for sql in RUNAWAYS[engine.dialect]:
        try:
            source.query(sql, timeout=1.0)
        except BusterError:
            continue
        answered.append(sql)
    assert answered == []
