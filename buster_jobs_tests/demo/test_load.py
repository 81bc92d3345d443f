"""The flights are loaded whole, as they were published, once."""

import psycopg
import pytest
from psycopg import sql

from buster_jobs.demo.load import load_flights
from buster_jobs.demo.server import DemoServer, prepare_server
from buster_jobs.packages.errors import ConfigurationError

ROWS = {"airlines": 16, "airports": 1458, "planes": 3322, "weather": 26115, "flights": 336776}


@pytest.mark.parametrize(("table", "count"), ROWS.items())
def test_every_published_row_is_there(query: psycopg.Cursor, table: str, count: int) -> None:
    query.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    assert query.fetchone() == (count,)


def test_na_has_become_null_and_nothing_else_has(query: psycopg.Cursor) -> None:
    query.execute(
        "SELECT count(*) - count(dep_time), count(*) - count(arr_delay), count(*) - count(tailnum),"
        " count(*) FILTER (WHERE tailnum IN ('', 'NA')) FROM flights"
    )
    assert query.fetchone() == (8255, 9430, 2512, 0)


def test_an_hour_is_the_hour_in_new_york_whatever_the_season(query: psycopg.Cursor) -> None:
    query.execute(
        "SELECT count(*) FROM flights WHERE hour <> extract(hour FROM time_hour AT TIME ZONE 'America/New_York')"
    )
    assert query.fetchone() == (0,)


def test_every_relation_is_declared_and_those_with_orphans_are_not_validated(query: psycopg.Cursor) -> None:
    query.execute(
        "SELECT conrelid::regclass || ' -> ' || confrelid::regclass, convalidated, count(*)"
        " FROM pg_constraint WHERE contype = 'f' GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert query.fetchall() == [
        ("flights -> airlines", True, 1),
        ("flights -> airports", False, 1),
        ("flights -> airports", True, 1),
        ("flights -> planes", False, 1),
        ("flights -> weather", False, 1),
        ("weather -> airports", True, 1),
    ]


def test_every_table_has_a_primary_key_a_comment_and_statistics(query: psycopg.Cursor) -> None:
    query.execute(
        "SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND obj_description(oid, 'pg_class') IS NOT NULL AND reltuples > 0"
        " AND EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')"
    )
    assert {name for (name,) in query.fetchall()} == set(ROWS)


def test_loading_again_changes_nothing(flights: DemoServer) -> None:
    assert load_flights(flights) is False


def test_a_load_that_is_cut_off_leaves_nothing_behind_and_can_be_done_again(postgres: object) -> None:
    server = prepare_server("cut_off")

    def cut(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_flights(server, cut)
    with server.connect() as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    assert load_flights(server) is True


def test_progress_ends_at_all_of_the_bytes_and_never_goes_back(postgres: object) -> None:
    seen: list[tuple[int, int]] = []
    load_flights(prepare_server("watched"), lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_tables_that_the_demo_did_not_make_are_never_touched(postgres: object) -> None:
    server = prepare_server("taken")
    with server.connect() as connection:
        connection.execute("CREATE TABLE flights (precious text)")
    with pytest.raises(ConfigurationError, match="taken has tables that are not the demo's"):
        load_flights(server)
    with server.connect() as connection:
        assert connection.execute("SELECT count(precious) FROM flights").fetchone() == (0,)
