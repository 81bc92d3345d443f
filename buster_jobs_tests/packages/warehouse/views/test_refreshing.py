"""Refreshing: in order, beside readers, and with the last good content where something fails."""

import threading
from typing import Any

import pytest
from sqlalchemy import text

from buster_jobs.packages.errors import NotFound
from buster_jobs.packages.warehouse import replacement
from buster_jobs.packages.warehouse.views import building
from buster_jobs.packages.warehouse.views.registry import list_views
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.small_warehouse import Warehouse

TOTALS = "SELECT customer, sum(amount) AS total FROM orders GROUP BY customer"


def totals(warehouse: Warehouse) -> dict[str, int]:
    return {customer: int(total) for customer, total in warehouse.rows("SELECT customer, total FROM {views}.totals")}


def test_views_are_made_after_those_that_they_read_and_refreshed_by_key(warehouse: Warehouse) -> None:
    warehouse.add("totals", TOTALS, ["customer"])
    warehouse.add("best", "SELECT max(total) AS best FROM totals")
    assert warehouse.refresh() == {"totals": "created", "best": "created"}
    assert totals(warehouse) == {"Ada": 15, "Bob": 7}
    warehouse.execute("INSERT INTO {source}.orders VALUES (4, 'Eve', 100)")
    assert warehouse.refresh() == {"totals": "concurrently", "best": "swapped"}
    assert warehouse.rows("SELECT best FROM {views}.best") == [(100,)]
    assert warehouse.aside() == 0


def test_a_changed_definition_takes_its_place_at_the_next_refresh(warehouse: Warehouse) -> None:
    warehouse.add("totals", TOTALS, ["customer"])
    warehouse.add("best", "SELECT max(total) AS best FROM totals")
    warehouse.refresh()
    warehouse.add("totals", TOTALS.replace("sum", "max"), ["customer"])
    assert totals(warehouse) == {"Ada": 15, "Bob": 7}
    assert warehouse.refresh() == {"totals": "rebuilt", "best": "rebuilt"}
    assert totals(warehouse) == {"Ada": 10, "Bob": 7}
    assert warehouse.rows("SELECT best FROM {views}.best") == [(10,)]
    assert warehouse.aside() == 0


def test_a_view_that_fails_keeps_its_content_its_readers_are_skipped_and_the_others_go_on(
    warehouse: Warehouse,
) -> None:
    warehouse.add("inverse", "SELECT id, 1 / amount AS inverse FROM orders", ["id"])
    warehouse.add("reader", "SELECT max(inverse) AS most FROM inverse")
    warehouse.add("reader_of_reader", "SELECT most FROM reader")
    warehouse.add("other", "SELECT count(*) AS n FROM orders")
    warehouse.refresh()
    warehouse.execute("INSERT INTO {source}.orders VALUES (4, 'Zero', 0)")
    assert warehouse.refresh() == {
        "inverse": "The warehouse refused it: division by zero.",
        "reader": "It reads 'inverse', which failed.",
        "reader_of_reader": "It reads 'reader', which was skipped.",
        "other": "swapped",
    }
    assert len(warehouse.rows("SELECT * FROM {views}.inverse")) == 3
    assert warehouse.rows("SELECT n FROM {views}.other") == [(4,)]
    stored = {view.name: view for view in list_views(warehouse.organization_id)}
    assert (stored["inverse"].status, stored["reader"].status, stored["other"].status) == (
        "failed", "skipped", "refreshed"
    )  # fmt: skip
    assert stored["inverse"].rows == 3


def test_a_reader_that_cannot_follow_a_new_definition_goes_on_with_its_last_content(warehouse: Warehouse) -> None:
    warehouse.add("totals", TOTALS, ["customer"])
    warehouse.add("best", "SELECT max(total) AS best FROM totals")
    warehouse.refresh()
    warehouse.add("totals", "SELECT customer, count(*) AS orders FROM orders GROUP BY customer", ["customer"])
    assert warehouse.refresh() == {
        "totals": "rebuilt",
        "best": 'What it reads has changed: column "total" does not exist.',
    }
    assert warehouse.rows("SELECT best FROM {views}.best") == [(15,)]
    assert warehouse.aside() > 0
    warehouse.add("best", "SELECT max(orders) AS best FROM totals")
    assert warehouse.refresh() == {"totals": "concurrently", "best": "rebuilt"}
    assert warehouse.rows("SELECT best FROM {views}.best") == [(2,)]
    assert warehouse.aside() == 0


def test_rows_that_are_not_unique_by_the_key_are_said_without_showing_any(warehouse: Warehouse) -> None:
    warehouse.add("customers", "SELECT customer, id FROM orders WHERE id > 2", ["customer"])
    warehouse.refresh()
    warehouse.execute("INSERT INTO {source}.orders VALUES (4, 'Bob', 1)")
    said = "Its rows are not unique by customer: change its key or its query."
    assert warehouse.refresh() == {"customers": said}
    warehouse.add("ids", "SELECT customer, id FROM orders", ["customer"])
    assert warehouse.refresh("ids") == {"ids": said}
    assert len(warehouse.rows("SELECT * FROM {views}.customers")) == 1


def test_a_query_that_takes_too_long_is_stopped(warehouse: Warehouse) -> None:
    warehouse.add("slow", "SELECT count(*) AS n FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b")
    assert warehouse.refresh(seconds=0.3) == {
        "slow": "Its query took longer than 0.3 s: make it smaller, or build it of several views."
    }


def test_readers_never_wait_for_a_refresh(warehouse: Warehouse) -> None:
    warehouse.add("by_key", TOTALS, ["customer"])
    warehouse.add("find_missing_keys", "SELECT customer FROM orders")
    warehouse.refresh()
    # The refresh waits for this lock with its new content half made; readers must not wait with it.
    with warehouse.engine.connect() as blocker, warehouse.engine.connect() as reader:
        blocker.execute(text(f"LOCK TABLE {warehouse.source}.orders"))
        refreshing = threading.Thread(target=warehouse.refresh)
        refreshing.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        until(lambda: warehouse.rows(waiting)[0][0] >= 2, "it waits")
        reader.execute(text("SET statement_timeout = '60s'"))
        for view in ("by_key", "find_missing_keys"):
            assert reader.execute(text(f"SELECT count(*) FROM {warehouse.schema}.{view}")).scalar() is not None
        reader.rollback()
        blocker.rollback()
        refreshing.join()
    assert {view.status for view in list_views(warehouse.organization_id)} == {"refreshed"}


def test_a_long_reader_delays_a_swap_and_no_other_reader(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        replacement, "_TRIES", 1_000
    )  # a busy machine does not get through with this before it gives up
    warehouse.add("customers", "SELECT customer FROM orders")
    warehouse.refresh()
    with warehouse.engine.connect() as long_reader, warehouse.engine.connect() as later:
        long_reader.execute(text(f"SELECT * FROM {warehouse.schema}.customers"))
        refreshing = threading.Thread(target=warehouse.refresh)
        refreshing.start()
        until(lambda: warehouse.rows("SELECT 1 FROM pg_locks WHERE NOT granted"), "it waits")
        later.execute(text("SET statement_timeout = '60s'"))
        assert later.execute(text(f"SELECT count(*) FROM {warehouse.schema}.customers")).scalar() == 3
        later.rollback()
        long_reader.rollback()
        refreshing.join()
    assert list_views(warehouse.organization_id)[0].status == "refreshed"


def test_a_swap_keeps_who_may_read(warehouse: Warehouse) -> None:
    warehouse.add("customers", "SELECT customer FROM orders")
    warehouse.execute("GRANT SELECT ON {views}.customers TO PUBLIC")
    warehouse.refresh()
    acl = warehouse.rows("SELECT relacl::text FROM pg_class WHERE oid = '{views}.customers'::regclass")
    assert "=r/" in acl[0][0]


def test_a_table_that_was_replaced_is_read_anew(warehouse: Warehouse) -> None:
    warehouse.add("customers", "SELECT customer FROM orders", ["customer"])
    warehouse.execute("DELETE FROM {source}.orders WHERE id = 2")
    warehouse.refresh()
    warehouse.execute("ALTER TABLE {source}.orders RENAME TO old")
    warehouse.execute("CREATE TABLE {source}.orders AS SELECT 1 AS id, 'New' AS customer")
    assert warehouse.refresh() == {"customers": "rebuilt"}
    assert warehouse.rows("SELECT customer FROM {views}.customers") == [("New",)]


def test_one_view_is_refreshed_with_those_that_read_it(warehouse: Warehouse) -> None:
    warehouse.add("totals", TOTALS, ["customer"])
    warehouse.add("best", "SELECT max(total) AS best FROM totals")
    warehouse.add("other", "SELECT count(*) AS n FROM orders")
    assert set(warehouse.refresh("totals")) == {"totals", "best"}
    assert set(warehouse.refresh("best")) == {"best"}
    with pytest.raises(NotFound, match="no view 'nothing': it has best, other, totals"):
        warehouse.refresh("nothing")


@pytest.mark.parametrize(
    "name", ["select", "Über Größe", 'with "quotes"', "semi;colon", "x" * 63, "percent % s", "a.b"]
)
def test_odd_names_are_names(warehouse: Warehouse, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    warehouse.add(name, f"SELECT id AS {quoted} FROM orders", [name])
    warehouse.add("reader", f"SELECT count(*) AS n FROM {quoted}")
    for how in ("created", "concurrently"):
        assert warehouse.refresh()[name] == how
    assert warehouse.rows("SELECT n FROM {views}.reader") == [(3,)]


def test_nothing_is_asked_of_the_database_once_readers_are_kept_out(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace_view(connection: Any, *arguments: str) -> None:
        replacement.replace_view(connection, *arguments)
        monkeypatch.setattr(connection, "execute", None)

    monkeypatch.setattr(building, "replace_view", replace_view)
    warehouse.add("totals", TOTALS)
    assert warehouse.refresh() == {"totals": "created"}
    assert warehouse.refresh() == {"totals": "swapped"}
    assert totals(warehouse) == {"Ada": 15, "Bob": 7}
    (view,) = list_views(warehouse.organization_id)
    assert (view.rows, view.built_from) == (2, view.definition)
