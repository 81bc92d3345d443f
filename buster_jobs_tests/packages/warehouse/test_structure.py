"""The structure of a table changes in the source: the copy follows, or stays as it was and says why."""

import psycopg
import pytest

from buster_jobs.packages.database.server.engine import database_url
from buster_jobs.packages.errors import PartlyFailed
from buster_jobs.packages.warehouse.errors import SyncFailed
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs_tests.packages.warehouse.engines import Source, copied, warehouse_rows


@pytest.fixture(params=[None, "id"])
def things(request: pytest.FixtureRequest, postgresql: Source) -> Source:
    """A table that is copied whole, and one that is copied by what is new."""
    postgresql.execute("CREATE TABLE things (id int PRIMARY KEY, name varchar(5), size smallint, price numeric(5, 2))")
    postgresql.execute("INSERT INTO things VALUES (1, 'one', 1, 1.10), (2, 'two', 2, 2.20)")
    postgresql.choose("things", cursor=request.param)
    postgresql.sync()
    return postgresql


def the_same(source: Source) -> bool:
    query = "SELECT to_jsonb(t) FROM things t ORDER BY id"
    return warehouse_rows(source, query) == source.execute(query)


def test_a_new_column_comes_with_its_values(things: Source) -> None:
    things.execute("ALTER TABLE things ADD COLUMN color text DEFAULT 'red'")
    things.sync()
    assert the_same(things)


def test_a_wider_type_is_followed(things: Source) -> None:
    things.execute("ALTER TABLE things ALTER size TYPE bigint, ALTER name TYPE text, ALTER price TYPE numeric(12, 4)")
    things.execute("INSERT INTO things VALUES (3, 'a longer name', 5000000000, 12345678.1234)")
    things.sync()
    assert the_same(things)


def test_a_column_that_is_gone_goes(things: Source) -> None:
    things.execute("ALTER TABLE things DROP COLUMN size")
    things.sync()
    assert the_same(things)


def test_a_type_that_does_not_hold_what_the_old_one_did_is_reported_and_the_copy_stays(things: Source) -> None:
    before = copied(things, "things")
    things.execute("ALTER TABLE things ALTER size TYPE text")
    things.execute("INSERT INTO things VALUES (3, 'three', 'many', 3)")
    with pytest.raises(SyncFailed, match=r"Column size of public.things was smallint and is text now.*full_refresh"):
        things.sync()
    assert copied(things, "things") == before
    assert things.synced("things").error_code == "SCHEMA_CHANGED"
    things.sync(full_refresh=True)
    assert the_same(things)


def test_a_table_that_is_gone_is_reported_and_its_copy_stays(things: Source) -> None:
    before = copied(things, "things")
    things.execute("DROP TABLE things")
    with pytest.raises(SyncFailed, match=r"no table public.things any more"):
        things.sync()
    assert copied(things, "things") == before


def test_views_over_a_copy_stay_and_read_the_new_rows(things: Source) -> None:
    warehouse_rows(things, "CREATE VIEW names AS SELECT name FROM things")
    things.execute("INSERT INTO things VALUES (3, 'three', 3, 3)")
    things.execute("ALTER TABLE things ADD COLUMN color text")
    things.sync()
    assert warehouse_rows(things, "SELECT name FROM names ORDER BY 1") == [("one",), ("three",), ("two",)]


def test_a_change_that_a_view_forbids_is_reported_and_the_copy_stays(things: Source) -> None:
    warehouse_rows(things, "CREATE VIEW sizes AS SELECT size FROM things")
    before = copied(things, "things")
    things.execute("ALTER TABLE things ALTER size TYPE integer")
    with pytest.raises(SyncFailed, match="views read what changed"):
        things.sync()
    assert copied(things, "things") == before


def test_readers_see_the_old_rows_or_the_new_ones_and_wait_for_nothing_but_the_moment_between(things: Source) -> None:
    url = database_url().set(drivername="postgresql").render_as_string(hide_password=False)
    things.execute("INSERT INTO things VALUES (3, 'three', 3, 3)")
    with psycopg.connect(url, autocommit=True) as reader:
        reader.execute(f'SET search_path TO "{data_source_schema(things.id)}"'.encode())
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        assert reader.execute("SELECT 1").fetchone() == (1,)
        things.sync()
        assert reader.execute("SELECT count(*) FROM things").fetchone() in ((2,), (3,))


def test_one_table_that_fails_stops_no_other(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE good (id int); INSERT INTO good VALUES (1)")
    postgresql.execute("CREATE TABLE base (id int); CREATE VIEW broken AS SELECT 1 / (id - 1) AS id FROM base")
    postgresql.execute("INSERT INTO base VALUES (1)")
    postgresql.choose("good", "broken", "base")
    with pytest.raises(PartlyFailed, match=r"1 of 3 tables of source failed: public.broken"):
        postgresql.sync()
    assert copied(postgresql, "good") == [(1,)]


def test_a_run_that_is_tried_again_copies_only_what_failed(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE good (id int); CREATE TABLE gone (id int)")
    postgresql.choose("good", "gone")
    postgresql.execute("DROP TABLE gone")
    with pytest.raises(PartlyFailed):
        postgresql.sync(run_id="run")
    postgresql.execute("CREATE TABLE gone (id int)")
    statuses = {table.table: table.status for table in postgresql.sync(run_id="run").tables}
    assert statuses == {"public.good": "skipped", "public.gone": "succeeded"}


def test_two_tables_whose_names_would_be_one_in_the_warehouse_have_two(postgresql: Source) -> None:
    postgresql.execute('CREATE SCHEMA sales; CREATE TABLE sales.orders (id int); CREATE TABLE "sales_orders" (id int)')
    postgresql.execute("INSERT INTO sales.orders VALUES (1); INSERT INTO sales_orders VALUES (2)")
    postgresql.choose()
    postgresql.sync()
    assert sorted([copied(postgresql, "orders"), copied(postgresql, "sales_orders")]) == [[(1,)], [(2,)]]
