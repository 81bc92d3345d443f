"""The read path of the SQLAlchemy adapter, on a PostgreSQL server in place of the engines that we have no server of."""

import dataclasses

import pytest
from sqlalchemy import URL, make_url

from buster_jobs.packages.data_sources.engines import BY_DIALECT
from buster_jobs.packages.data_sources.errors import QueryFailed, QueryRefused
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.url import ParsedUrl
from buster_jobs.packages.data_sources.via_sqlalchemy.definitions import DEFINITIONS, Definition
from buster_jobs.packages.data_sources.via_sqlalchemy.source import SQLAlchemySource
from buster_jobs.packages.errors import ConfigurationError, InvalidInput, TimedOut, Unavailable
from buster_jobs.packages.visibility import Visibility
from buster_jobs_tests.support.ports import free_port

SECRET = "s3cr3t-w0rd"


def _url(parsed: ParsedUrl) -> URL:
    return URL.create(
        "postgresql+psycopg",
        parsed.username,
        parsed.password,
        parsed.host,
        parsed.port,
        parsed.database,
        parsed.options,
    )


ENGINE = dataclasses.replace(BY_DIALECT["redshift"], name="A stand-in", drivers=("psycopg",))
DEFINITION: Definition = dataclasses.replace(
    DEFINITIONS["redshift"],
    options=frozenset({"host", "port"}),
    url=_url,
    connect_args={},
)


@pytest.fixture
def source(shop_url: str) -> SQLAlchemySource:
    return SQLAlchemySource(ENGINE, DEFINITION, shop_url)


def test_the_catalog_is_read_with_types_and_keys(source: SQLAlchemySource) -> None:
    catalog = source.introspect()
    orders = catalog.table("public", "orders")
    assert orders.primary_key == ("id", "region")
    assert [(key.columns, key.referred_schema, key.referred_table) for key in orders.foreign_keys] == [
        (("customer_id",), "crm", "customers")
    ]
    assert (orders.column("placed").type, orders.column("id").type) == ("timestamp", "integer")
    assert catalog.table("crm", "customers").column("country").comment == "ISO 3166 code."
    assert catalog.table("public", "order_totals").kind == "view"
    assert {table.schema for table in catalog.tables} == {"public", "crm"}


def test_a_query_is_guarded_run_and_cut(source: SQLAlchemySource) -> None:
    result = source.query("SELECT id, '100%' AS share FROM orders ORDER BY id", max_rows=2)
    assert (result.columns, result.rows, result.truncated) == (("id", "share"), ((1, "100%"), (2, "100%")), True)
    assert "public.orders" in result.sql
    with pytest.raises(QueryRefused, match="secret_place"):
        source.query("SELECT * FROM secret_place")


def test_past_the_guard_nothing_is_written(source: SQLAlchemySource) -> None:
    for sql in ("DELETE FROM public.orders", "SELECT 1; DELETE FROM public.orders", "CREATE TABLE public.x (a int)"):
        with pytest.raises(QueryFailed):
            source.run_unguarded(sql, Limits(rows=5, seconds=60))
    assert source.query("SELECT count(*) AS n FROM orders").rows == ((200,),)


def _told_nothing(_seconds: float) -> tuple[str, ...]:
    return ()


def test_a_query_that_takes_too_long_is_ended_by_us(shop_url: str) -> None:
    deaf = SQLAlchemySource(ENGINE, dataclasses.replace(DEFINITION, session=_told_nothing), shop_url)
    with pytest.raises(TimedOut):
        deaf.run_unguarded("SELECT pg_sleep(60)", Limits(rows=1, seconds=0.1))


def test_hidden_columns_are_hidden_there_too(shop_url: str) -> None:
    hidden = Visibility(hidden_columns=frozenset({"crm.customers.email"}))
    restricted = SQLAlchemySource(ENGINE, DEFINITION, shop_url, hidden)
    with pytest.raises(QueryRefused, match="email"):
        restricted.query("SELECT email FROM crm.customers")
    assert "@example.org" not in repr(restricted.query("SELECT * FROM crm.customers").rows)


def test_what_the_user_may_do_is_said_to_be_unknown(source: SQLAlchemySource) -> None:
    assert "not checked" in source.write_warnings()[0]


def test_samples_are_given_and_copies_refused(source: SQLAlchemySource) -> None:
    table = source.introspect().table("crm", "customers")
    assert 0 < len(source.sample(table, 2).rows) <= 2
    with pytest.raises(InvalidInput, match="such as customers, cannot be copied"):
        source.extracted_columns(table)


def test_a_server_that_does_not_answer_is_retryable_and_told_without_the_password() -> None:
    port = free_port()
    url = make_url(f"redshift://ada:{SECRET}@127.0.0.1:{port}/shop").render_as_string(hide_password=False)
    with pytest.raises(Unavailable, match="A stand-in could not be reached") as failed:
        SQLAlchemySource(ENGINE, DEFINITION, url).test_connection()
    assert SECRET not in failed.value.message


def test_a_server_that_refuses_us_needs_a_person(shop_url: str) -> None:
    with pytest.raises(ConfigurationError, match="A stand-in does not let us in"):
        SQLAlchemySource(ENGINE, DEFINITION, shop_url.replace("/data_sources_shop", "/nowhere")).test_connection()
