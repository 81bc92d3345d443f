"""Layer (b) alone: a superuser's queries that went past the guard.

What it cannot stop, and why the guard comes first and the role should be a reader's: functions that act outside of
the transaction (pg_read_file, pg_terminate_backend, pg_advisory_lock, dblink, lo_export). Of a role without
superuser's rights the server refuses those by itself, but for dblink, locks and its own sessions.
"""

import psycopg
import pytest

from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.reading import run_query
from buster_jobs.packages.errors import BusterError
from buster_jobs_tests.packages.data_sources.postgres.attacks import WRITES

LIMITS = Limits(rows=10, seconds=60.0)
CHECKSUM = (
    "SELECT md5(string_agg(o::text, ',' ORDER BY o::text)), (SELECT count(*) FROM pg_class),"
    " (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_proc),"
    " pg_listening_channels() FROM orders o"
)
WRITING_FUNCTIONS = [
    "nextval('public.counter')",
    "setval('public.counter', 5)",
    "lo_create(0)",
    "lo_from_bytea(0, 'x')",
    "public.evil()",
]


@pytest.mark.parametrize("sql", [sql for sql, _ in WRITES])
def test_nothing_but_one_reading_query_is_run(sql: str, address: Address, admin: psycopg.Connection) -> None:
    before = admin.execute(CHECKSUM).fetchall()
    with pytest.raises(BusterError):
        run_query(address, sql, LIMITS)
    assert admin.execute(CHECKSUM).fetchall() == before


@pytest.mark.parametrize("call", WRITING_FUNCTIONS)
def test_a_function_that_writes_is_refused_by_the_transaction(
    call: str, address: Address, admin: psycopg.Connection
) -> None:
    admin.execute("CREATE SEQUENCE IF NOT EXISTS counter")
    admin.execute(
        "CREATE OR REPLACE FUNCTION public.evil() RETURNS void LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM set_config('transaction_read_only', 'off', false); DELETE FROM public.orders; END $$"
    )
    try:
        with pytest.raises(BusterError, match=r"read-only|read-write|evil"):
            run_query(address, f"SELECT {call}", LIMITS)
    finally:
        admin.execute("DROP SEQUENCE counter; DROP FUNCTION public.evil")
    assert admin.execute("SELECT count(*) FROM orders").fetchone() == (200,)


def test_a_setting_that_was_changed_does_not_outlive_the_query(address: Address) -> None:
    run_query(address, "SELECT set_config('statement_timeout', '0', false)", LIMITS)
    assert run_query(address, "SELECT current_setting('statement_timeout')", LIMITS).rows == (("1min",),)


def test_the_session_itself_is_read_only_and_reads_strings_as_the_guard_does(address: Address) -> None:
    names = ("default_transaction_read_only", "transaction_read_only", "standard_conforming_strings", "client_encoding")
    got = run_query(address, "SELECT " + ", ".join(f"current_setting('{name}')" for name in names), LIMITS)
    assert got.rows == (("on", "on", "on", "UTF8"),)


def test_no_table_is_found_without_its_schema(address: Address) -> None:
    with pytest.raises(BusterError, match="orders"):
        run_query(address, "SELECT * FROM orders", LIMITS)


def test_the_server_ends_a_query_that_waits(address: Address) -> None:
    with pytest.raises(BusterError, match="too long"):
        run_query(address, "SELECT pg_sleep(60)", Limits(rows=1, seconds=0.2))
