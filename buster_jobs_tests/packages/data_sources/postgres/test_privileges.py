"""What an operator is told of a role that can do more than read, and that a pooled session keeps nothing."""

import psycopg
from sqlalchemy import make_url

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.data_sources.postgres.address import Address
from buster_jobs.packages.data_sources.postgres.reading import run_query
from buster_jobs.packages.data_sources.source import DataSource

LIMITS = Limits(rows=10, seconds=5.0)


def _as_user(url: str, user: str) -> DataSource:
    return connect(make_url(url).set(username=user, password="w0rd").render_as_string(hide_password=False))


def test_a_superuser_is_warned_of(shop: DataSource) -> None:
    assert "superuser" in shop.write_warnings()[0]


def test_a_reader_is_not_and_a_writer_is(admin: psycopg.Connection, shop_url: str) -> None:
    admin.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    admin.execute("CREATE ROLE warned LOGIN PASSWORD 'w0rd'")
    try:
        admin.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO warned; GRANT USAGE ON SCHEMA public TO warned")
        assert _as_user(shop_url, "warned").write_warnings() == ()
        admin.execute("GRANT UPDATE (status) ON orders TO warned; GRANT CREATE ON SCHEMA public TO warned")
        admin.execute("GRANT pg_read_server_files TO warned")
        warnings = _as_user(shop_url, "warned").write_warnings()
        for part in ("write to public.orders", "make tables in public", "member of pg_read_server_files"):
            assert any(part in warning for warning in warnings), part
    finally:
        admin.execute("DROP OWNED BY warned; DROP ROLE warned")


def test_a_session_that_is_used_again_has_kept_nothing(address: Address) -> None:
    leaving = (
        "SELECT pg_backend_pid(), set_config('work_mem', '7MB', false), set_config('role', 'pg_monitor', false),"
        " pg_advisory_lock(77)"
    )
    looking = (
        "SELECT pg_backend_pid(), current_setting('work_mem'), current_setting('role'),"
        " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), current_setting('default_transaction_read_only')"
    )
    left, found = run_query(address, leaving, LIMITS).rows[0], run_query(address, looking, LIMITS).rows[0]
    assert left[0] == found[0], "the pool gave out another connection"
    assert found[1] != "7MB"
    assert found[2:] == ("none", 0, "on")
