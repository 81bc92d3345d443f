"""Schemas of deleted organizations and data sources are dropped, unless a view of another organization reads them."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from buster_jobs.packages.warehouse.orphaned_schemas import drop_orphaned_schemas, find_orphaned_schemas
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs_tests.support.small_shop import Shop
from buster_jobs_tests.support.small_warehouse import Warehouse


@pytest.fixture(autouse=True)
def _nothing_of_other_tests(database: Engine) -> None:
    list(drop_orphaned_schemas())


def dropped() -> dict[str, int]:
    return {one.schema: one.tables for one in drop_orphaned_schemas()}


def test_tables_of_an_organization_that_is_gone_are_dropped_and_no_others(
    new_warehouse: Callable[[], Warehouse],
) -> None:
    gone, there = new_warehouse(), new_warehouse()
    for warehouse in (gone, there):
        warehouse.add("customers", "SELECT customer FROM orders")
        warehouse.refresh()
    gone.execute(f"DELETE FROM buster.organizations WHERE id = '{gone.organization_id}'")
    assert {one.schema for one in find_orphaned_schemas()} == {gone.schema, gone.source}
    assert all(one.bytes > 0 and not one.is_read for one in find_orphaned_schemas())
    assert dropped() == {gone.schema: 1, gone.source: 1}
    assert find_orphaned_schemas() == []
    assert there.rows("SELECT count(*) FROM {views}.customers") == [(3,)]


def test_the_parts_of_a_copy_go_with_it(shop: Shop) -> None:
    shop.sync()
    with shop.database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM buster.data_sources")
    assert list(dropped().values()) == [1]
    with shop.database.connect() as connection:
        assert (
            connection.exec_driver_sql(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'warehouse_parts'::regnamespace AND relkind = 'r'"
            ).scalar()
            == 0
        )


def test_parts_of_unfinished_copies_are_dropped_once_their_table_is_no_longer_copied(shop: Shop) -> None:
    def parts() -> int:
        with shop.database.connect() as connection:
            query = "SELECT count(*) FROM pg_class WHERE relname = 'a_begun' AND relkind = 'r'"
            return connection.exec_driver_sql(query).scalar_one()

    shop.sync()
    with shop.database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE warehouse_parts.a_begun (id int)")
        connection.exec_driver_sql('UPDATE buster.synced_tables SET staged = \'{"part": "a_begun"}\'')
    assert (dropped(), parts()) == ({}, 1)
    with shop.database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM buster.synced_tables")
    assert (dropped(), parts()) == ({}, 0)
    with shop.database.connect() as connection:
        copy = f"{data_source_schema(shop.id)}.orders"
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {copy}").scalar() == 2


def test_a_schema_that_a_view_of_another_organization_reads_stays(warehouse: Warehouse) -> None:
    warehouse.add("customers", "SELECT customer FROM orders")
    warehouse.refresh()
    warehouse.execute("DELETE FROM buster.data_sources")
    assert [one.is_read for one in find_orphaned_schemas()] == [True]
    assert dropped() == {}
    assert warehouse.rows("SELECT count(*) FROM {source}.orders") == [(3,)]


def test_a_schema_that_is_read_through_a_view_of_a_deleted_organization_stays(
    new_warehouse: Callable[[], Warehouse],
) -> None:
    gone, there = new_warehouse(), new_warehouse()
    gone.add("customers", "SELECT customer FROM orders")
    gone.refresh()
    there.add("totals", "SELECT count(*) AS n FROM orders")
    there.execute(f"CREATE VIEW {there.schema}.theirs AS SELECT * FROM {gone.schema}.customers")
    gone.execute(f"DELETE FROM buster.organizations WHERE id = '{gone.organization_id}'")
    assert dropped() == {}
    assert there.rows("SELECT count(*) FROM {views}.theirs") == [(3,)]
    there.execute("DROP VIEW {views}.theirs")
    assert dropped() == {gone.schema: 1, gone.source: 1}


def test_a_schema_that_is_being_read_is_left_to_the_next_clean_up(warehouse: Warehouse) -> None:
    warehouse.execute("DELETE FROM buster.data_sources")
    with warehouse.engine.connect() as reader:
        reader.exec_driver_sql(f"SELECT * FROM {warehouse.source}.orders")
        assert dropped() == {}
    assert dropped() == {warehouse.source: 1}
