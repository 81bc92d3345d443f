"""Whatever moment a refresh is killed at: the next worker makes everything right, and nothing is left over."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from buster_jobs.packages.warehouse.replacement import ASIDE_SCHEMA
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.partitions import ORGANIZATIONS
from buster_jobs_tests.support.killed_runs import KILLS, Killing, plain_url, wait_for_transactions_to_end
from buster_jobs_tests.support.polling import TIMEOUT_SECONDS, until
from buster_jobs_tests.support.small_warehouse import Warehouse

_REFRESH = (
    "import sys, uuid; from buster_jobs.packages.warehouse.views.refreshing import refresh_views;"
    "refresh_views(uuid.UUID(sys.argv[1]))"
)
_TOTALS = "SELECT customer, sum(amount) AS total FROM {source}.orders GROUP BY customer"
_RIGHT = {
    "totals": _TOTALS,
    "whole": "SELECT * FROM {source}.orders",
    "best": f"SELECT max(total) FROM ({_TOTALS}) t",
    "count": "SELECT count(*) FROM {source}.orders",
}
"""What each view must show."""


def test_a_refresh_whose_worker_is_killed_leaves_each_view_old_or_new_and_the_next_makes_all_right(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.execute("INSERT INTO {source}.orders SELECT i, 'c' || i % 50, 1 FROM generate_series(10, 60000) i")
    warehouse.add("totals", "SELECT customer, sum(amount) AS total FROM orders GROUP BY customer", ["customer"])
    warehouse.add("whole", "SELECT * FROM orders ORDER BY customer")
    warehouse.add("best", "SELECT max(total) AS best FROM totals")
    warehouse.add("count", "SELECT count(*) AS n FROM whole")
    payload = {"partition_key": str(warehouse.organization_id)}
    with open_instance() as instance:
        instance.add_dynamic_partitions(str(ORGANIZATIONS.name), [str(warehouse.organization_id)])
    killing = Killing("refresh_materialized_views", lambda: payload, tmp_path)
    killing.measure()
    for _ in range(KILLS):
        before = native(warehouse, "SELECT count(*), sum(amount) FROM {source}.orders")
        warehouse.execute("UPDATE {source}.orders SET amount = amount + 1")
        after = native(warehouse, "SELECT count(*), sum(amount) FROM {source}.orders")
        run_id = killing.kill()
        assert native(warehouse, "SELECT count(*), sum(amount) FROM {views}.whole") in (before, after)
        killing.go_on(run_id)
        expect_right(warehouse)


def expect_right(warehouse: Warehouse) -> None:
    """By psycopg alone, none of our code: each view is what its query says, and nothing else is there."""
    for view, query in _RIGHT.items():
        shown = f'SELECT * FROM {{views}}."{view}"'
        assert native(warehouse, f"({shown} EXCEPT ALL {query}) UNION ALL ({query} EXCEPT ALL {shown})") == []
    there = "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = '{views}'::regnamespace"
    assert native(warehouse, f"{there} ORDER BY 1") == [(name,) for name in sorted(_RIGHT)]
    assert native(warehouse, f"SELECT relname FROM pg_class WHERE relnamespace = '{ASIDE_SCHEMA}'::regnamespace") == []


def native(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(plain_url()) as connection:
        return connection.execute(query.format(source=warehouse.source, views=warehouse.schema).encode()).fetchall()


def test_a_refresh_that_is_stopped_ends_its_queries_on_the_server(warehouse: Warehouse) -> None:
    warehouse.add("slow", "SELECT count(*) AS n FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b")
    process = subprocess.Popen(
        [sys.executable, "-c", _REFRESH, str(warehouse.organization_id)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'CREATE MATERIALIZED%'"
    until(lambda: warehouse.rows(running) != [(0,)] or process.poll() is not None, "the query runs")
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(TIMEOUT_SECONDS) != 0
    wait_for_transactions_to_end()
