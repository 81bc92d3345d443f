"""Layers (b) and (c) alone, of MySQL, SQLite and DuckDB. The whole of the attacks is tried in test_corpus.

What (b) cannot stop of MySQL's root, and why the user should be a reader: SELECT … INTO OUTFILE and LOAD_FILE.
Those are tried as the reader's user that docs/data-sources.md describes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from buster_jobs.packages.data_sources.errors import QueryFailed, QueryRefused
from buster_jobs.packages.data_sources.guarded_source import GuardedSource
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.errors import BusterError, TimedOut
from buster_jobs_tests.packages.data_sources import common_attacks
from buster_jobs_tests.packages.data_sources.engines import Engine
from buster_jobs_tests.packages.data_sources.harm import state_of
from buster_jobs_tests.packages.data_sources.reading import reading

LIMITS = Limits(rows=10, seconds=60)
TABLES = ("customers", "items", "orders", "products", "secrets", "visits")
# Statements that change data, schema, settings or files: layer (b) claims to refuse each of them.
WRITES = [sql for sql in common_attacks.ATTACKS[:57] if sql.strip(";- \n") not in ("", "nothing")]


@pytest.fixture
def unchanged(engine: Engine, files: Path) -> Iterator[None]:
    before = state_of(engine, files)
    yield
    assert state_of(engine, files) == before


@pytest.fixture
def source(engine: Engine) -> Iterator[GuardedSource]:
    """The data source without its guard, as a reader."""
    with reading(engine) as opened:
        yield opened


@pytest.mark.usefixtures("unchanged")
def test_every_statement_that_is_no_query_is_refused_past_the_guard(source: GuardedSource, engine: Engine) -> None:
    let: list[str] = []
    for sql in WRITES:
        try:
            source.run_unguarded(sql, LIMITS)
        except (QueryFailed, QueryRefused):
            continue
        let.append(sql)
    # They read, and are queries to the engine: DuckDB makes queries of its own of them.
    assert set(let) <= READING.get(engine.dialect, set())


READING = {"duckdb": {"SHOW TABLES", "DESCRIBE orders"}, "sqlite": {"EXPLAIN SELECT 1"}}


def test_our_time_limit_ends_what_the_database_lets_run(source: GuardedSource, engine: Engine) -> None:
    with pytest.raises(TimedOut):
        source.run_unguarded(
            f"SELECT count(*) FROM {', '.join(f'{engine.schema}.orders o{i}' for i in range(6))}",
            Limits(rows=10, seconds=0.5),
        )


def test_what_one_query_leaves_the_next_does_not_find(source: GuardedSource, engine: Engine) -> None:
    if engine.dialect != "mysql":
        # Each query has a connection of its own there, and can make nothing on it.
        with pytest.raises(BusterError):
            source.run_unguarded("CREATE TEMP TABLE leftover (a INT)", LIMITS)
        return
    left = source.run_unguarded("SELECT @left := 5, get_lock('left', 0), connection_id()", LIMITS).rows[0]
    found = source.run_unguarded("SELECT @left, is_free_lock('left'), connection_id(), @@tx_read_only", LIMITS).rows[0]
    assert left[0] == 5
    assert left[2] == found[2], "the pool gave out another connection"
    assert (found[0], found[1], found[3]) == (None, 1, 1)


def test_rows_and_bytes_are_capped(source: GuardedSource, engine: Engine) -> None:
    many = f"SELECT a.id FROM {engine.schema}.orders a, {engine.schema}.orders b"
    result = source.run_unguarded(many, Limits(rows=5_000, seconds=60))
    assert (len(result.rows), result.truncated) == (5_000, True)
    small = source.run_unguarded(many, Limits(rows=5_000, seconds=60, bytes=800))
    assert small.truncated
    assert len(small.rows) <= 100
    whole = source.run_unguarded(f"SELECT id FROM {engine.schema}.products", Limits(rows=20, seconds=60))
    assert (len(whole.rows), whole.truncated) == (20, False)


def test_a_reader_gets_no_warning_and_a_writer_one(source: GuardedSource, engine: Engine) -> None:
    assert source.write_warnings() == ()
    warnings = engine.source().write_warnings()
    assert bool(warnings) == (engine.dialect == "mysql")


def test_the_catalog_is_read_with_keys_types_and_counts(engine: Engine) -> None:
    catalog = engine.source().introspect()
    orders, customers = catalog.table(engine.schema, "orders"), catalog.table(engine.schema, "customers")
    assert [table.name for table in catalog.tables] == sorted((*TABLES, "order_totals"))
    assert orders.primary_key == ("id",)
    assert [(key.columns, key.referred_table, key.referred_columns) for key in orders.foreign_keys] == [
        (("customer_id",), "customers", ("id",))
    ]
    assert {column.name: column.type for column in customers.columns} == {
        "id": "integer", "name": "text", "country": "text", "born": "date", "email": "text", "vip": "boolean",
        "referrer": "integer",
    }  # fmt: skip
    assert orders.column("placed").type == "timestamp"
    assert catalog.table(engine.schema, "products").column("attributes").type == "json"
    assert catalog.table(engine.schema, "products").column("price").type == "number"
    assert not customers.column("name").nullable
    assert {table.name: table.row_count for table in catalog.tables} == {
        "customers": 60, "items": 500, "order_totals": 200, "orders": 200, "products": 20, "secrets": 1, "visits": 400,
    }  # fmt: skip
    assert catalog.table(engine.schema, "order_totals").kind == "view"


def test_an_error_of_the_database_is_told_and_not_tried_again(engine: Engine) -> None:
    with pytest.raises(QueryFailed, match="prise") as failed:
        engine.source().query("SELECT prise FROM products")
    assert not failed.value.retryable
