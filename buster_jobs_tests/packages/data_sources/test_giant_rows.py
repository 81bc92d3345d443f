"""What a giant value costs our process: the cap on bytes holds before the value is in our memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from buster_jobs_tests.packages.data_sources.engines import Engine

# The rows have 100 MB and more; a result may have 20. What a driver makes of 20 MB is some copies of them.
MOST_MIB = 120


def _ask(url: str, sql: str, folder: Path) -> tuple[str, int]:
    """The outcome, and by how many MiB the process grew."""
    module = "buster_jobs_tests.packages.data_sources.giant_row"
    command = [sys.executable, "-m", module, url, sql]
    environment = {"BUSTER_DATA_SOURCE_DIR": str(folder), "BUSTER_STATE_DIR": str(folder), "PATH": ""}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=600)
    outcome, grown = run.stdout.splitlines()
    return outcome, int(grown)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 100000000) AS a",
        "SELECT repeat('x', 50000000) AS a, repeat('y', 50000000) AS a",
        "SELECT array_agg(repeat('x', 1000000)) FROM generate_series(1, 100)",
    ],
)
def test_a_giant_row_of_postgres_is_refused_before_it_arrives(sql: str, shop_url: str, files: Path) -> None:
    outcome, grown = _ask(shop_url, sql, files)
    assert outcome.startswith("QUERY_FAILED: The first row is longer than the 20,000,000 bytes")
    assert grown < MOST_MIB, grown


def test_giant_rows_after_small_ones_cut_the_result_of_postgres(shop_url: str, files: Path) -> None:
    sql = "SELECT n, repeat('x', CASE WHEN n < 2000 THEN 1 ELSE 5000000 END) FROM generate_series(1, 2020) AS n"
    outcome, grown = _ask(shop_url, sql, files)
    assert outcome == "2002 rows, truncated: True"
    assert grown < MOST_MIB, grown


GIANT = {
    "mysql": "SELECT repeat('x', 15000000) AS a, repeat('x', 15000000) AS b FROM orders",
    "sqlite": "SELECT replace(hex(printf('%05000d', 1)), '0', printf('%05000d', 2)) AS a FROM main.orders",
    "duckdb": "SELECT repeat('x', 200000000) AS a FROM orders",
}


def test_a_giant_row_of_the_other_engines_is_refused_too(engine: Engine, files: Path) -> None:
    outcome, grown = _ask(engine.url, GIANT[engine.dialect], files)
    assert outcome.startswith("QUERY_FAILED")
    assert grown < MOST_MIB, grown


def test_many_large_values_are_cut_at_the_cap(engine: Engine, files: Path) -> None:
    many = "SELECT printf('%01000000d', id) AS a FROM main.orders"
    sql = many if engine.dialect == "sqlite" else "SELECT repeat('x', 1000000) AS a FROM orders"
    outcome, grown = _ask(engine.url, sql, files)
    assert outcome in {"20 rows, truncated: True", "19 rows, truncated: True"}
    assert grown < MOST_MIB, grown
