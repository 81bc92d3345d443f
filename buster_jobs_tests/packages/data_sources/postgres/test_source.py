"""The adapter as its users see it: test, introspect, query."""

import psycopg
import pytest

from buster_jobs.packages.data_sources.catalog import Catalog, ForeignKey
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.errors import QueryFailed, QueryRefused
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import InvalidInput, TimedOut


def test_a_database_that_answers_passes_the_test(shop: DataSource) -> None:
    shop.test_connection()


def test_tables_views_and_partitioned_tables_are_listed_once(shop: DataSource) -> None:
    listed = [(table.schema, table.name, table.kind) for table in shop.introspect().tables]
    assert listed == [
        ("crm", "customers", "table"),
        ("public", "countries", "materialized_view"),
        ("public", "items", "table"),
        ("public", "order_totals", "view"),
        ("public", "orders", "table"),
        ("public", "products", "table"),
        ("public", "secrets", "table"),
        ("public", "visits", "table"),
    ]


def test_columns_keys_and_comments_are_read(catalog: Catalog) -> None:
    customers, orders = catalog.table("crm", "customers"), catalog.table("public", "orders")
    assert customers.comment == "Who buys."
    assert customers.column("country").comment == "ISO 3166 code."
    assert not customers.column("name").nullable
    assert orders.primary_key == ("id", "region")
    assert ForeignKey(("customer_id",), "crm", "customers", ("id",)) in orders.foreign_keys
    items = catalog.table("public", "items").foreign_keys
    assert ForeignKey(("order_id", "region"), "public", "orders", ("id", "region")) in items


def test_types_are_spelled_by_the_server_and_sorted_into_families(catalog: Catalog) -> None:
    spelled = {
        column.name: (column.sql_type, column.type)
        for table in (catalog.table("public", "products"), catalog.table("public", "orders"))
        for column in table.columns
    }
    assert spelled["price"] == ("numeric(10,2)", "number")
    assert spelled["attributes"] == ("jsonb", "json")
    assert spelled["valid"] == ("daterange", "other")
    assert spelled["discount"] == ("public.percentage", "number")
    assert spelled["status"] == ("public.status", "text")
    assert spelled["placed"] == ("timestamp without time zone", "timestamp")
    assert spelled["shipped_after"] == ("interval", "interval")


def test_rows_are_counted_where_the_server_has_no_estimate(catalog: Catalog) -> None:
    counts = {table.name: table.row_count for table in catalog.tables}
    assert counts == {
        "customers": 60, "countries": 4, "items": 500, "order_totals": 200, "orders": 200,
        "products": 20, "visits": 400,
    }  # fmt: skip


def test_a_role_sees_only_what_it_may_select(admin: psycopg.Connection, shop_url: str) -> None:
    admin.execute("CREATE ROLE shop_reader LOGIN PASSWORD 'reader'")
    try:
        admin.execute("GRANT SELECT ON products TO shop_reader; GRANT SELECT (id) ON orders TO shop_reader")
        reader = connect(_as_user(shop_url, "shop_reader", "reader"))
        seen = {table.name: [column.name for column in table.columns] for table in reader.introspect().tables}
        assert set(seen) == {"products", "orders"}
        assert seen["orders"] == ["id"]
        with pytest.raises(QueryRefused, match="secrets"):
            reader.query("SELECT * FROM secrets")
    finally:
        admin.execute("DROP OWNED BY shop_reader; DROP ROLE shop_reader")


def _as_user(url: str, user: str, password: str) -> str:
    from sqlalchemy import make_url

    return make_url(url).set(username=user, password=password).render_as_string(hide_password=False)


def test_a_table_made_after_the_catalog_was_read_is_found(
    shop: DataSource, admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buster_jobs.packages.data_sources.guarded_source.MIN_AGE_FOR_UNKNOWN", -1.0)
    shop.query("SELECT 1")
    admin.execute("CREATE TABLE public.latecomer AS SELECT 7 AS n")
    try:
        assert shop.query("SELECT n FROM latecomer").rows == ((7,),)
    finally:
        admin.execute("DROP TABLE public.latecomer")


def test_a_result_has_what_was_executed_and_is_cut_at_max_rows(shop: DataSource) -> None:
    result = shop.query("select ID from orders order by id -- all of them", max_rows=3)
    assert result.sql == "SELECT id FROM public.orders ORDER BY id"
    assert result.columns == ("id",)
    assert result.rows == ((1,), (2,), (3,))
    assert result.truncated


def test_a_result_of_exactly_max_rows_is_not_cut(shop: DataSource) -> None:
    result = shop.query("SELECT id FROM products ORDER BY id", max_rows=20)
    assert (len(result.rows), result.truncated) == (20, False)


def test_a_result_is_cut_at_20_megabytes(shop: DataSource) -> None:
    result = shop.query("SELECT repeat('x', 990000) FROM generate_series(1, 60)")
    assert (len(result.rows), result.truncated) == (20, True)


def test_dates_that_python_cannot_hold_come_as_text(shop: DataSource) -> None:
    result = shop.query("SELECT 'infinity'::date, '0044-03-15 BC'::date, '-infinity'::timestamptz")
    assert result.rows == (("infinity", "0044-03-15 BC", "-infinity"),)


def test_an_error_of_the_database_is_told_with_its_hint(shop: DataSource) -> None:
    with pytest.raises(
        QueryFailed, match=r"column .*prise.* Hint: .*price.* Position: character 8 of the query"
    ) as failed:
        shop.query("SELECT prise FROM products")
    assert failed.value.code == "QUERY_FAILED"
    assert not failed.value.retryable


def test_a_slow_query_is_ended_by_the_server(shop: DataSource) -> None:
    with pytest.raises(TimedOut):
        shop.query("SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e", timeout=0.2)


@pytest.mark.parametrize(("max_rows", "timeout"), [(0, 1.0), (1, 0.0), (1, float("nan"))])
def test_limits_that_make_no_sense_are_refused(shop: DataSource, max_rows: int, timeout: float) -> None:
    with pytest.raises(InvalidInput):
        shop.query("SELECT 1", max_rows=max_rows, timeout=timeout)
