"""What may be a view, and what is refused, with a sentence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import uuid4

import pytest
from sqlalchemy import text

from buster_jobs.packages.data_sources.errors import QueryRefused
from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.errors import InvalidInput, NotFound, Unavailable
from buster_jobs.packages.warehouse import replacement
from buster_jobs.packages.warehouse.views.building import build
from buster_jobs.packages.warehouse.views.due import organizations_due
from buster_jobs.packages.warehouse.views.registry import add_view, list_views, organizations_with_views
from buster_jobs.packages.warehouse.views.removing import remove_view
from buster_jobs.packages.warehouse.views.values import Relation
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.small_warehouse import Warehouse


def test_what_a_view_reads_is_found_in_its_query(warehouse: Warehouse) -> None:
    warehouse.add("totals", "SELECT customer, sum(amount) AS total FROM orders GROUP BY customer", ["customer"])
    best = warehouse.add(
        "best", "WITH orders AS (SELECT * FROM totals) SELECT customer FROM orders WHERE total > 7 OR EXISTS "
        "(SELECT 1 FROM totals)",
    )  # fmt: skip
    assert best.reads == (Relation(warehouse.schema, "totals"),)
    assert [view.name for view in list_views(warehouse.organization_id)] == ["best", "totals"]


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("DELETE FROM orders", "Only queries are allowed"),
        ("SELECT * INTO copy FROM orders", "SELECT INTO makes a table"),
        ("SELECT pg_read_file('/etc/passwd')", "pg_read_file"),
        ("SELECT * FROM orders; DROP TABLE orders", "Exactly one statement"),
        ("SELECT * FROM buster.users", r"There is no table buster\.users that this organization's views may read"),
        ("SELECT * FROM pg_catalog.pg_authid", "There is no table"),
        ("SELECT * FROM ordres", "There is no table ordres .*; its warehouse has orders"),
        ("SELECT id, id FROM orders", 'column "id" specified more than once. Name each of'),
        ("SELECT nothing FROM orders", 'column "nothing" does not exist'),
        ("SELECT id / FROM orders", "could not be read"),
    ],
)
def test_a_query_that_is_no_view_is_refused_with_a_sentence(warehouse: Warehouse, query: str, why: str) -> None:
    with pytest.raises((InvalidInput, QueryRefused), match=why):
        warehouse.add("totals", query)
    assert list_views(warehouse.organization_id) == []


def test_another_organizations_tables_are_not_there(new_warehouse: Callable[[], Warehouse]) -> None:
    ours, theirs = new_warehouse(), new_warehouse()
    with pytest.raises(InvalidInput, match="There is no table"):
        ours.add("stolen", f"SELECT * FROM {theirs.source}.orders")


def test_views_that_would_read_each_other_in_a_circle_are_refused_by_name(warehouse: Warehouse) -> None:
    warehouse.add("a", "SELECT id FROM orders")
    warehouse.add("b", "SELECT id FROM a")
    warehouse.add("c", "SELECT id FROM b")
    with pytest.raises(InvalidInput, match='in a circle: "a" reads "c" reads "b" reads "a"'):
        warehouse.add("a", "SELECT id FROM c")
    with pytest.raises(InvalidInput, match='"b" reads "b"'):
        warehouse.add("b", "SELECT id FROM b")


def test_the_key_must_be_of_the_views_columns(warehouse: Warehouse) -> None:
    with pytest.raises(InvalidInput, match="The key names 'customer', but the view has only id"):
        warehouse.add("ids", "SELECT id FROM orders", ["customer"])


@pytest.mark.parametrize("name", ["", "  ", "ä" * 32, "a\nb"])
def test_a_name_that_the_database_would_change_is_refused(warehouse: Warehouse, name: str) -> None:
    with pytest.raises(InvalidInput, match="A view's name"):
        warehouse.add(name, "SELECT id FROM orders")


def test_a_name_that_a_table_has_is_refused(warehouse: Warehouse) -> None:
    warehouse.execute("CREATE SCHEMA {views}")
    warehouse.execute("CREATE TABLE {views}.imported (id int)")
    with pytest.raises(InvalidInput, match="has a table 'imported' already"):
        warehouse.add("imported", "SELECT id FROM orders")


def test_an_organization_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        add_view(uuid4(), "ids", "SELECT 1 AS id")


def test_a_view_that_others_read_is_not_removed(warehouse: Warehouse) -> None:
    warehouse.add("a", "SELECT id FROM orders")
    warehouse.add("b", "SELECT id FROM a")
    with pytest.raises(InvalidInput, match="The view 'a' is read by b: remove those first"):
        remove_view(warehouse.organization_id, "a")
    remove_view(warehouse.organization_id, "b")
    remove_view(warehouse.organization_id, "a")
    assert list_views(warehouse.organization_id) == []


_ENDLESS = "SELECT count(*) AS n FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"


def test_a_view_gets_another_query_while_it_is_built(warehouse: Warehouse) -> None:
    warehouse.add("slow", "SELECT 1 AS n")
    warehouse.refresh()
    warehouse.add("slow", _ENDLESS)
    building = "FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'CREATE MATERIALIZED%'"
    with ThreadPoolExecutor(1) as pool:
        refresh = pool.submit(warehouse.refresh, seconds=600)
        until(lambda: warehouse.rows(f"SELECT count(*) {building}") != [(0,)] or refresh.done(), "it is built")
        assert not refresh.done()
        warehouse.add("slow", "SELECT 2 AS n")
        assert warehouse.rows(f"SELECT pg_cancel_backend(pid) {building}") == [(True,)]
        assert "took longer" in refresh.result()["slow"]
    assert warehouse.refresh() == {"slow": "rebuilt"}
    assert warehouse.rows("SELECT n FROM {views}.slow") == [(2,)]


def test_a_refresh_that_ends_after_the_view_got_another_query_does_not_say_what_its_columns_are(
    warehouse: Warehouse,
) -> None:
    old = warehouse.add("view", "SELECT 1 AS n")
    new = warehouse.add("view", "SELECT 'x' AS letter")
    with closing(own_connection()) as connection:
        build(connection, old, seconds=60)
    [found] = list_views(warehouse.organization_id)
    assert (found.columns, found.built_from) == (None, old.definition)
    assert warehouse.refresh() == {"view": "rebuilt"}
    [found] = list_views(warehouse.organization_id)
    assert (found.columns, found.built_from) == ((("letter", "text"),), new.definition)


def test_a_view_that_was_removed_does_not_come_back_with_a_refresh_that_had_begun(warehouse: Warehouse) -> None:
    view = warehouse.add("view", "SELECT 1 AS n")
    remove_view(warehouse.organization_id, "view")
    with closing(own_connection()) as connection, pytest.raises(NotFound, match="removed while it was refreshed"):
        build(connection, view, seconds=60)
    assert warehouse.rows("SELECT to_regclass('{views}.view')") == [(None,)]


def test_a_view_is_removed_after_its_readers_have_ended_and_makes_none_of_them_wait(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacement, "_TRIES", 2)
    warehouse.add("view", "SELECT 1 AS n")
    warehouse.refresh()
    with warehouse.engine.connect() as reader:
        reader.execute(text(f"SELECT * FROM {warehouse.schema}.view"))
        with pytest.raises(Unavailable, match="view could not be removed: it was read or refreshed"):
            remove_view(warehouse.organization_id, "view")
        assert warehouse.rows("SELECT n FROM {views}.view") == [(1,)]
    assert [view.name for view in list_views(warehouse.organization_id)] == ["view"]
    remove_view(warehouse.organization_id, "view")
    assert list_views(warehouse.organization_id) == []


def test_views_of_an_organization_that_was_deleted_are_not_due_and_not_refreshed(
    new_warehouse: Callable[[], Warehouse],
) -> None:
    deleted, there = new_warehouse(), new_warehouse()
    for warehouse in (deleted, there):
        warehouse.add("view", "SELECT id FROM orders")
    deleted.execute(f"UPDATE buster.organizations SET deleted_at = now() WHERE id = '{deleted.organization_id}'")
    assert organizations_with_views() == [there.organization_id]
    assert organizations_due() == [there.organization_id]
    with pytest.raises(NotFound):
        deleted.refresh()
