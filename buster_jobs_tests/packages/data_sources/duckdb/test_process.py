"""The process that runs DuckDB: it can be killed, and it gets none of our secrets."""

import io
import pickle
from pathlib import Path

import pytest

from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.duckdb import process as process_module
from buster_jobs.packages.data_sources.duckdb.process import DuckDBProcess
from buster_jobs.packages.data_sources.duckdb.protocol import NoAnswer, RunQuery, read_answer
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


def test_what_a_child_that_was_taken_over_answers_runs_nothing_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "_MODULE", "buster_jobs_tests.packages.data_sources.duckdb.hostile_child")
    process, made = DuckDBProcess(), tmp_path / "made"
    try:
        with pytest.raises(QueryFailed, match=r"answered with io\.open"):
            process.ask(RunQuery(str(made), "SELECT 1", 1, 100, 10.0))
        with pytest.raises(Unavailable):
            process.ask(RunQuery(str(made), "SELECT 1", 1, 100, 10.0))
    finally:
        process.close()
    assert not made.exists()


@pytest.mark.parametrize(
    "answer", [b"cos\nsystem\n(S'true'\ntR.", b"\x80\x04)\x8c\x08builtins\x8c\x07getattr\x93.", b"cpytz\n__doc__\n."]
)
def test_nothing_but_the_types_of_answers_is_looked_up(answer: bytes) -> None:
    with pytest.raises(NoAnswer):
        read_answer(io.BytesIO(answer))


@pytest.mark.parametrize("answer", [b"", b"garbage", b"R.", b"\x80\x04K\x01K\x02R.", b"\x80\x04\x95\xff"])
def test_what_is_no_pickle_is_one_kind_of_error(answer: bytes) -> None:
    with pytest.raises((EOFError, pickle.UnpicklingError)):
        read_answer(io.BytesIO(answer))


def test_every_type_of_duckdb_arrives(duckdb_shop: Engine) -> None:
    result = duckdb_shop.source().run_unguarded("SELECT * FROM test_all_types()", Limits(rows=5, seconds=10))
    assert (len(result.rows), len(result.columns)) == (3, len(result.rows[0]))
    zoned = duckdb_shop.source().run_unguarded(
        "SELECT TIMESTAMPTZ '2020-01-01 00:00:00+02' AS a, TIMETZ '10:00:00+02' AS b", Limits(rows=1, seconds=10)
    )
    moment, clock = zoned.rows[0]
    assert (str(moment), str(clock)) == ("2019-12-31 22:00:00+00:00", "10:00:00+02:00")
