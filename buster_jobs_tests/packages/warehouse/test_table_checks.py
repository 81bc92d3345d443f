"""The checks of a data source's copies, after real syncs of a real SQLite file."""

from datetime import UTC, datetime, timedelta

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.warehouse.table_checks import check_tables
from buster_jobs.packages.warehouse.table_choice import choose_table
from buster_jobs.packages.warehouse.views.due import organizations_due
from buster_jobs.packages.warehouse.views.refreshing import refresh_views
from buster_jobs.packages.warehouse.views.registry import add_view
from buster_jobs_tests.support.small_shop import Shop


def test_what_was_just_synced_passes_every_check(shop: Shop) -> None:
    shop.sync()
    assert shop.failures() == {}
    assert set(check_tables(shop.id)) == {"row_count", "freshness", "unique_key", "key_not_null", "schema_drift"}


def test_what_was_never_synced_is_not_fresh(shop: Shop) -> None:
    assert shop.failures() == {"freshness": "1 of 1 tables: main.orders was never copied."}


def test_a_copy_of_the_day_before_yesterday_is_stale(shop: Shop) -> None:
    shop.sync()
    assert "was last copied on" in shop.failures(datetime.now(UTC) + timedelta(hours=27))["freshness"]


def test_rows_that_the_source_has_and_the_copy_has_not_are_counted(shop: Shop) -> None:
    shop.sync()
    shop.change("INSERT INTO orders VALUES (3, 'Eve')")
    assert shop.failures() == {"row_count": "1 of 1 tables: main.orders has 2 rows here and about 3 in the source."}


def test_a_copy_whose_rows_share_or_lack_a_key_is_found(shop: Shop) -> None:
    shop.sync()
    shop.change_copy("UPDATE {copy} SET id = 1")
    assert shop.failures() == {"unique_key": "1 of 1 tables: main.orders has rows that are the same by id."}
    shop.change_copy("UPDATE {copy} SET id = NULL WHERE customer = 'Bob'")
    assert shop.failures() == {"key_not_null": "1 of 1 tables: main.orders has rows without id, which is of its key."}


def test_columns_that_came_or_went_in_the_source_are_named(shop: Shop) -> None:
    shop.sync()
    shop.change("ALTER TABLE orders RENAME COLUMN customer TO client")
    assert shop.failures() == {
        "schema_drift": "1 of 1 tables: main.orders lost customer, got client since its last sync."
    }
    shop.change("DROP TABLE orders")
    assert "is not in the source any more" in shop.failures()["schema_drift"]


def test_a_chosen_key_counts_before_the_tables_own(shop: Shop) -> None:
    shop.change("INSERT INTO orders VALUES (3, 'Bob')")
    choose_table(shop.id, connect(shop.url).introspect(), "orders", key=["customer"])
    shop.sync()
    assert "the same by customer" in shop.failures()["unique_key"]


def test_views_are_due_after_a_sync_of_what_they_read(shop: Shop) -> None:
    shop.sync()
    add_view(shop.organization_id, "customers", "SELECT customer FROM orders")
    refresh_views(shop.organization_id)
    assert organizations_due() == []
    shop.sync()
    assert organizations_due() == [shop.organization_id]
