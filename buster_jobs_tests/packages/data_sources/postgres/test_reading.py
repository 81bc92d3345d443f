"""How many bytes the query around the query lets through, however the server stores its values."""

import psycopg
import pytest

from buster_jobs.packages.data_sources.postgres.reading import bounded

LONG, MOST = 150_000, 1_000_000
VALUES = {
    "text": f"repeat('a', {LONG})",
    "jsonb": f"to_jsonb(repeat('a', {LONG}))",
    "bytea": f"decode(repeat('00', {LONG // 2}), 'hex')",
    "text[]": f"ARRAY[repeat('a', {LONG})]",
    f"character({LONG})": "'a'",
}


@pytest.mark.parametrize("kind", VALUES)
def test_compressed_values_are_counted_as_they_are_sent(kind: str, admin: psycopg.Connection) -> None:
    admin.execute(f"CREATE TEMPORARY TABLE packed (value {kind})".encode())
    admin.execute(f"INSERT INTO packed SELECT {VALUES[kind]} FROM generate_series(1, 20)".encode())
    query = "SELECT value FROM packed"
    columns = admin.execute(f"{query} LIMIT 0".encode()).description
    around = bounded(admin, query, columns or [], MOST)
    assert around
    rows = admin.execute(around.encode()).fetchall()
    assert [marked for _, marked in rows] == [False] * 6 + [True] * 14
    assert [value for value, marked in rows if marked] == [None] * 14
