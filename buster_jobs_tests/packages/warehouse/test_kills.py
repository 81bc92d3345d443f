"""Syncs whose worker is killed: readers never see half of a table, and the next worker finishes the copy."""

import itertools
from pathlib import Path
from typing import Any

import psycopg
import pytest

from buster_jobs.packages.warehouse import loading
from buster_jobs.packages.warehouse.schemas import data_source_schema
from buster_jobs.runtime.start import open_instance
from buster_jobs.tasks.data.syncs import SYNC, add_partitions
from buster_jobs_tests.packages.warehouse.engines import Rows, Source, warehouse_rows
from buster_jobs_tests.support.killed_runs import KILLS, Killing, plain_url
from buster_jobs_tests.support.polling import until

ROWS = 30_000
TABLES = ("merged", "replaced")

SETUP = f"""
CREATE TABLE digit (d int);
INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TABLE replaced (id int PRIMARY KEY, version int, note varchar(60));
INSERT INTO replaced SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d, 0, '{"x" * 50}'
FROM digit a, digit b, digit c, digit d, digit e WHERE e.d < {ROWS // 10_000};
CREATE TABLE merged (id int PRIMARY KEY, version int, note varchar(60));
INSERT INTO merged SELECT id, id, note FROM replaced
"""


def test_a_sync_whose_worker_is_killed_is_finished_by_the_next(
    source: Source, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, files: Path
) -> None:
    monkeypatch.setattr(loading, "BATCH", 200_000)
    for statement in SETUP.split(";"):
        source.execute(statement)
    source.choose("replaced")
    source.choose("merged", cursor="version")
    with open_instance() as instance:
        add_partitions(instance, [source.id])
    rounds = itertools.count(1)

    def change() -> dict[str, Any]:
        """Every other run copies all again, in batches that are committed, where it would else copy what is new."""
        number = next(rounds)
        source.execute(f"UPDATE replaced SET version = {number}")
        source.execute(f"DELETE FROM replaced WHERE id = {number}")
        source.execute(f"UPDATE merged SET note = NULL, version = {ROWS * number} + id WHERE id % 9 = {number % 9}")
        return {"partition_key": str(source.id), "full_refresh": number % 2 == 1}

    killing = Killing(SYNC, change, tmp_path_factory.mktemp("temporary"))
    there = sorted(files.iterdir())
    killing.measure()
    for _ in range(KILLS):
        run_id = killing.kill()
        expect_nothing_half(source)
        killing.go_on(run_id)
        expect_all(source)
        assert sorted(files.iterdir()) == there


def expect_nothing_half(source: Source) -> None:
    [(rows, versions)] = warehouse_rows(source, "SELECT count(*), count(DISTINCT version) FROM replaced")
    assert rows > ROWS * 0.9
    assert versions == 1
    assert warehouse_rows(source, "SELECT count(*), count(DISTINCT id) FROM merged") == [(ROWS, ROWS)]


def expect_all(source: Source) -> None:
    """By the engine's driver and psycopg, none of our code: the same rows, and nothing but these tables."""
    for table in TABLES:
        query = f"SELECT * FROM {table} ORDER BY id"
        assert warehouse_rows(source, query) == source.execute(query)
    found = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = '{}'::regnamespace"
    assert asked(found.format(data_source_schema(source.id)) + " ORDER BY 1") == [(table,) for table in TABLES]
    assert len(asked(found.format("warehouse_parts"))) == len(TABLES)
    assert asked("SELECT source_table FROM buster.synced_tables WHERE staged IS NOT NULL") == []
    temporary = "SELECT relname FROM pg_class WHERE relpersistence = 't'"
    until(lambda: asked(temporary) == [], "the server has noticed that who made temporary tables is gone")


def asked(query: str) -> Rows:
    with psycopg.connect(plain_url()) as connection:
        return connection.execute(query.encode()).fetchall()
