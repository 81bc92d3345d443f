"""What is new by a cursor is merged, and nothing else is written; deletes and the rest come with a full refresh."""

import re
from threading import Event

import pytest
from sqlalchemy import text

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.server import engine as database_engine
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse import loading
from buster_jobs.packages.warehouse.errors import SyncFailed
from buster_jobs.packages.warehouse.results import TableResult
from buster_jobs.packages.warehouse.rows import Stopped
from buster_jobs.packages.warehouse.table_sync import TableSync
from buster_jobs_tests.packages.warehouse.engines import Rows, Source, copied, warehouse_rows

ORDERS = "CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(20), changed TIMESTAMP)"


@pytest.fixture
def orders(source: Source) -> Source:
    """A hundred orders, a minute apart, that are synced by what is new."""
    source.execute(ORDERS.replace("TIMESTAMP", "DATETIME") if source.engine == "mysql" else ORDERS)
    rows = ", ".join(f"({number}, 'old', '{moment(number)}')" for number in range(1, 101))
    source.execute(f"INSERT INTO orders VALUES {rows}")
    source.choose("orders", cursor="changed")
    assert the_table(source).how == "first"
    return source


def moment(minute: int) -> str:
    return f"2024-01-01 {minute // 60:02}:{minute % 60:02}:00"


def the_table(source: Source, *, full_refresh: bool = False) -> TableResult:
    (table,) = source.sync(full_refresh=full_refresh).tables
    return table


def change(source: Source, numbers: range, at: int, note: str = "new") -> None:
    source.execute(
        f"UPDATE orders SET note = '{note}', changed = '{moment(at)}' WHERE id >= {numbers[0]} AND id <= {numbers[-1]}"
    )


def both(source: Source) -> tuple[Rows, Rows]:
    query = "SELECT id, note FROM orders ORDER BY id"
    return source.execute(query), warehouse_rows(source, query)


def choose_big(source: Source) -> None:
    """A table of several batches, by its changes."""
    source.execute("CREATE TABLE big (id int PRIMARY KEY, version int, note text)")
    source.execute("INSERT INTO big SELECT n, n, repeat('x', 100) FROM generate_series(1, 20000) n")
    source.choose("big", cursor="version")


def test_a_second_sync_writes_exactly_the_rows_that_changed(orders: Source) -> None:
    change(orders, range(10, 20), at=200)
    orders.execute(f"INSERT INTO orders VALUES (101, 'added', '{moment(201)}')")
    table = the_table(orders)
    assert (table.how, table.written) == ("changes", 11)
    there, here = both(orders)
    assert here == there
    assert orders.synced("orders").row_count == 101


def test_a_sync_without_changes_writes_nothing(orders: Source) -> None:
    assert the_table(orders).written == 0
    assert the_table(orders).written == 0


def test_rows_that_became_visible_later_than_their_times_say_are_found(orders: Source) -> None:
    change(orders, range(1, 2), at=150)
    the_table(orders)
    change(orders, range(2, 3), at=147)  # a transaction that began earlier and ended later
    assert the_table(orders).written == 1


def test_rows_of_the_newest_time_that_came_after_the_sync_are_found(orders: Source) -> None:
    orders.execute(f"INSERT INTO orders VALUES (102, 'tie', '{moment(100)}')")
    the_table(orders)
    there, here = both(orders)
    assert here == there


def test_rows_without_a_time_come_with_the_first_copy(source: Source) -> None:
    source.execute(ORDERS.replace("TIMESTAMP", "DATETIME") if source.engine == "mysql" else ORDERS)
    source.execute(f"INSERT INTO orders VALUES (1, 'timeless', NULL), (2, 'timed', '{moment(1)}')")
    source.choose("orders", cursor="changed")
    source.sync()
    there, here = both(source)
    assert here == there


def test_deleted_rows_go_with_a_full_refresh(orders: Source) -> None:
    orders.execute("DELETE FROM orders WHERE id > 50")
    the_table(orders)
    assert len(copied(orders, "orders")) == 100
    assert the_table(orders, full_refresh=True).how == "first"
    assert len(copied(orders, "orders")) == 50


def test_without_a_key_rows_that_are_read_again_replace_those_read_before(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE events (kind text, number int)")
    postgresql.execute("INSERT INTO events SELECT 'old', n FROM generate_series(1, 10) n")
    postgresql.choose("events", cursor="number")
    postgresql.sync()
    postgresql.execute("INSERT INTO events VALUES ('late', 10), ('new', 11)")
    assert the_table(postgresql).how == "changes"
    query = "SELECT * FROM events ORDER BY number, kind"
    assert warehouse_rows(postgresql, query) == postgresql.execute(query)


def test_numbers_can_be_cursors(source: Source) -> None:
    source.execute("CREATE TABLE counted (id INT PRIMARY KEY, version INT)")
    source.execute("INSERT INTO counted VALUES (1, 1), (2, 2)")
    source.choose("counted", cursor="version")
    source.sync()
    source.execute("UPDATE counted SET version = 10 WHERE id = 1")
    assert the_table(source).how == "changes"
    assert copied(source, "counted") == [(1, 10), (2, 2)]


def test_a_cursor_that_says_nothing_about_order_is_refused(postgresql: Source) -> None:
    postgresql.execute(ORDERS)
    postgresql.choose("orders", cursor="note")
    with pytest.raises(SyncFailed, match="choose a number, a date or a timestamp"):
        postgresql.sync()


def test_infinite_times_do_not_stop_what_comes_later(postgresql: Source) -> None:
    postgresql.execute(ORDERS)
    postgresql.execute(f"INSERT INTO orders VALUES (1, 'for ever', 'infinity'), (2, 'old', '{moment(1)}')")
    postgresql.choose("orders", cursor="changed")
    postgresql.sync()
    change(postgresql, range(2, 3), at=30)
    assert the_table(postgresql).written == 1


def test_a_key_that_is_not_unique_is_reported(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE log (name text, at int); INSERT INTO log VALUES ('a', 1), ('a', 2)")
    postgresql.choose("log", cursor="at", key=["name"])
    with pytest.raises(SyncFailed, match="not unique"):
        postgresql.sync()


def test_a_first_copy_that_was_interrupted_goes_on_from_its_last_batch(
    postgresql: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_big(postgresql)
    monkeypatch.setattr(loading, "BATCH", 100_000)
    with pytest.raises(Stopped):
        interrupted_after(postgresql, rows=10_000)
    assert warehouse_rows(postgresql, "SELECT to_regclass('big')") == [(None,)]  # half of a copy is invisible
    postgresql.execute("UPDATE big SET version = 30000 WHERE id = 1")
    table = the_table(postgresql)
    assert copied(postgresql, "big") == postgresql.execute("SELECT * FROM big ORDER BY id")
    assert table.rows < 15_000
    assert parts_left() == 1


def interrupted_after(source: Source, rows: int, *, full_refresh: bool = False) -> None:
    """The sync of `big`, stopped when so many rows were read."""
    stop = Event()
    table = connect(source.url).introspect().table("public", "big")
    TableSync(
        connect(source.url),
        source.synced("big"),
        table,
        full_refresh,
        stop=stop,
        report=lambda read: stop.set() if read > rows else None,
    ).run()


def test_what_an_interrupted_copy_left_goes_when_the_table_has_changed(
    postgresql: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_big(postgresql)
    monkeypatch.setattr(loading, "BATCH", 100_000)
    with pytest.raises(Stopped):
        interrupted_after(postgresql, rows=10_000)
    postgresql.execute("ALTER TABLE big ADD COLUMN color text")
    assert the_table(postgresql).rows == 20_000
    assert parts_left() == 1


def parts_left() -> int:
    with database_engine.get_engine().connect() as connection:
        found = "SELECT count(*) FROM pg_class WHERE relnamespace = 'warehouse_parts'::regnamespace AND relkind = 'r'"
        return connection.execute(text(found)).scalar_one()


def test_a_part_that_is_not_gone_on_from_goes(postgresql: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_big(postgresql)
    monkeypatch.setattr(loading, "BATCH", 100_000)
    with pytest.raises(Stopped):
        interrupted_after(postgresql, rows=10_000)
    postgresql.choose("big")
    assert the_table(postgresql).how == "whole"
    assert parts_left() == 1


def test_a_full_refresh_does_not_go_on_from_before_the_last_sync(
    postgresql: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_big(postgresql)
    the_table(postgresql)
    monkeypatch.setattr(loading, "BATCH", 100_000)
    with pytest.raises(Stopped):
        interrupted_after(postgresql, rows=10_000, full_refresh=True)
    assert the_table(postgresql).how == "changes"
    postgresql.execute("DELETE FROM big WHERE id = 1")
    the_table(postgresql, full_refresh=True)
    assert copied(postgresql, "big") == postgresql.execute("SELECT * FROM big ORDER BY id")
    assert parts_left() == 1


def test_what_was_known_of_a_table_before_another_sync_ended_does_not_count(
    postgresql: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_big(postgresql)
    monkeypatch.setattr(loading, "BATCH", 100_000)
    with pytest.raises(Stopped):
        interrupted_after(postgresql, rows=10_000)
    before = postgresql.synced("big")
    the_table(postgresql)
    source = connect(postgresql.url)
    late = TableSync(source, before, source.introspect().table("public", "big")).run()
    assert (late.how, late.written) == ("changes", 0)
    assert len(copied(postgresql, "big")) == 20_000


def test_a_row_whose_key_has_a_null_is_not_doubled_when_it_is_read_again(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE stock (place text, item text, at int)")
    postgresql.execute("INSERT INTO stock VALUES ('shelf', NULL, 1), ('shelf', 'pen', 2), (NULL, 'ink', 2)")
    postgresql.choose("stock", cursor="at", key=["place", "item"])
    the_table(postgresql)
    assert the_table(postgresql).written == 0
    assert len(copied(postgresql, "stock")) == 3


def test_where_a_copy_ends_is_kept_as_other_engines_read_it(
    postgresql: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGTZ", "Asia/Tokyo")
    database_engine.reset_engine()
    postgresql.execute("CREATE TABLE orders (id int PRIMARY KEY, at timestamptz)")
    postgresql.execute("INSERT INTO orders VALUES (1, '2024-05-01 12:00:00+00')")
    postgresql.choose("orders", cursor="at")
    the_table(postgresql)
    assert postgresql.synced("orders").cursor_value == "2024-05-01 12:00:00+00"


def test_a_table_is_synced_once_however_it_is_called_and_not_by_a_name_of_two(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE orders (id int); CREATE TABLE lines (id int)")
    postgresql.execute("CREATE SCHEMA old; CREATE TABLE old.lines (id int)")
    postgresql.choose()
    assert [table.table for table in postgresql.sync("orders", "public.orders").tables] == ["public.orders"]
    with pytest.raises(InvalidInput, match=r"old\.lines, public\.lines: name it with its schema"):
        postgresql.sync("lines")


@pytest.mark.parametrize("kind", ["json", "point", "json[]"])
def test_a_key_that_postgresql_does_not_compare_is_refused_with_a_sentence(postgresql: Source, kind: str) -> None:
    postgresql.execute(f"CREATE TABLE documents (id int, doc {kind})")
    postgresql.choose("documents", cursor="id", key=["doc"])
    with pytest.raises(SyncFailed, match=f"doc of public.documents cannot be of its key: it holds {re.escape(kind)}"):
        postgresql.sync()
