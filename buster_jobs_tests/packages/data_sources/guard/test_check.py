"""Layer (a): what the guard refuses, what it lets through, and that what it writes means what it read."""

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.data_sources.catalog import Catalog, Column, Table
from buster_jobs.packages.data_sources.errors import QueryRefused, UnknownTable
from buster_jobs.packages.data_sources.guard import guard_query
from buster_jobs.packages.data_sources.guard.engines.postgres.calls import FUNCTIONS
from buster_jobs_tests.packages.data_sources.postgres.attacks import ATTACKS
from buster_jobs_tests.packages.data_sources.postgres.queries import QUERIES

CATALOG = Catalog((Table("public", "t", "table", (Column("a", "integer", "integer"),)), Table("crm", "u", "table", ())))


@pytest.mark.parametrize(("sql", "reason"), ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_is_refused_with_its_reason(sql: str, reason: str, catalog: Catalog) -> None:
    with pytest.raises(QueryRefused) as refused:
        guard_query(sql, catalog)
    assert reason.lower() in refused.value.message.lower()
    assert refused.value.code == "QUERY_REFUSED"
    assert not refused.value.retryable
    assert "\n" not in refused.value.message
    assert len(refused.value.message) < 250


def test_the_lists_are_as_long_as_they_should_be() -> None:
    assert len(dict(ATTACKS)) >= 120
    assert len(set(QUERIES)) >= 80


@pytest.mark.parametrize("sql", QUERIES, ids=range(len(QUERIES)))
def test_an_analysts_query_answers_as_it_does_unguarded(sql: str, catalog: Catalog, admin: psycopg.Connection) -> None:
    expected, got = admin.execute(sql.encode()), admin.cursor()
    got.execute(guard_query(sql, catalog).encode())
    assert _shape(got) == _shape(expected)
    assert repr(got.fetchall()) == repr(expected.fetchall())


def _shape(cursor: psycopg.Cursor) -> list[tuple[str, int]]:
    return [(column.name, column.type_code) for column in cursor.description or ()]


@pytest.mark.parametrize("sql", QUERIES, ids=range(len(QUERIES)))
def test_what_was_written_is_written_the_same_again(sql: str, catalog: Catalog) -> None:
    written = guard_query(sql, catalog)
    assert guard_query(written, catalog) == written
    assert "DROP" not in written


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_string_comes_back_as_the_same_string(value: str) -> None:
    literal = "'" + value.replace("'", "''") + "'"
    assert guard_query(f"SELECT {literal}", CATALOG) == f"SELECT {literal}"


_PIECES = [
    *("SELECT", "FROM", "WITH", "AS", "DELETE", "INTO", "CASE", "UNION", "NOT", "IN", "t", "u", "a", "pg_sleep", "1"),
    *("$1", "(", ")", "[", "]", "'", '"', "$$", "E'", "U&'", "--", "/*", "*/", ";", "\\", ",", "::", ".", "\n"),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join) | st.text(max_size=60))
def test_whatever_comes_is_refused_or_written_but_never_crashes(sql: str) -> None:
    try:
        written = guard_query(sql, CATALOG)
    except QueryRefused:
        return
    assert "pg_sleep(" not in written
    assert "--" not in written.partition("'")[0]


def test_tables_are_written_with_their_schema_and_names_of_with_are_not() -> None:
    sql = "WITH t AS (SELECT 1) SELECT * FROM t, U AS x, public.t AS y"
    assert guard_query(sql, CATALOG) == "WITH t AS (SELECT 1) SELECT * FROM t, crm.u AS x, public.t AS y"


def test_a_name_in_two_schemas_must_be_written_with_one() -> None:
    catalog = Catalog((Table("a", "t", "table", ()), Table("b", "t", "table", ())))
    with pytest.raises(QueryRefused, match="several schemas"):
        guard_query("SELECT * FROM t", catalog)
    assert guard_query("SELECT * FROM b.t", catalog) == "SELECT * FROM b.t"


def test_an_unknown_table_is_told_apart_so_that_the_catalog_can_be_read_again() -> None:
    with pytest.raises(UnknownTable):
        guard_query("SELECT * FROM new_table", CATALOG)


def test_an_engine_without_rules_may_be_asked_nothing() -> None:
    with pytest.raises(QueryRefused, match="oracle"):
        guard_query("SELECT 1", CATALOG, "oracle")


def test_of_the_listed_functions_only_randomness_and_the_clock_are_volatile(admin: psycopg.Connection) -> None:
    """What writes, waits or depends on the session is volatile to PostgreSQL."""
    volatile = admin.execute(
        "SELECT DISTINCT proname FROM pg_proc WHERE proname = ANY(%s) AND provolatile = 'v'"
        " AND pronamespace = 'pg_catalog'::regnamespace",
        [sorted(FUNCTIONS)],
    )
    assert {row[0] for row in volatile} <= {
        "array_sample", "array_shuffle", "clock_timestamp", "gen_random_uuid", "random", "random_normal", "timeofday",
        "uuidv4", "uuidv7",
    }  # fmt: skip
