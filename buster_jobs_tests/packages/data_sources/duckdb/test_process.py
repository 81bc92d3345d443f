"""The process that runs DuckDB: it can be killed, and it is given nothing of ours."""

from pathlib import Path

import pytest

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.duckdb.process import DuckDBProcess
from buster_jobs.packages.data_sources.duckdb.requests import RunQuery
from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.limits import Limits
from buster_jobs.packages.errors import BusterError, Unavailable
from buster_jobs_tests.packages.data_sources.engines import Engine


def test_a_function_that_takes_all_memory_ends_as_an_error_of_the_query(duckdb_shop: Engine) -> None:
    with pytest.raises(QueryFailed, match="memory"):
        duckdb_shop.source().run_unguarded("SELECT repeat('x', 2000000000)", Limits(rows=1, seconds=60))


def test_a_process_that_was_killed_is_said_to_be_unavailable_and_replaced(duckdb_shop: Engine) -> None:
    process = DuckDBProcess()
    process.kill()
    with pytest.raises(Unavailable):
        process.ask(RunQuery("/nowhere", "SELECT 1", 1, 100, 1.0))
    process.close()
    assert duckdb_shop.source().query("SELECT 1 AS a").rows == ((1,),)


def test_it_knows_no_variable_of_ours(duckdb_shop: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUSTER_SECRET_OF_OURS", "s3cr3t")
    process = DuckDBProcess()
    try:
        environment = Path(f"/proc/{process.pid}/environ").read_text()
        assert "s3cr3t" not in environment
    finally:
        process.close()


def test_a_file_that_is_no_database_is_told(files: Path, duckdb_shop: Engine) -> None:
    (files / "text.duckdb").write_text("x" * 10_000)
    try:
        with pytest.raises(BusterError, match=r"text\.duckdb"):
            connect("duckdb:///text.duckdb").test_connection()
    finally:
        (files / "text.duckdb").unlink()
