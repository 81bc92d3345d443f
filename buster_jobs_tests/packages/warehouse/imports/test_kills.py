"""An import whose worker is killed, at whatever moment, is finished by the next one: no row lost, none twice."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event, text

from buster_jobs.packages.database.server import engine
from buster_jobs_tests.packages.warehouse.imports.conftest import Importer
from buster_jobs_tests.support.killed_runs import KILLS, Killing

ROWS = 2_500


class Moments:
    """The statements and blocks of COPY of a worker, counted across processes; it may be killed at one of them."""

    def __init__(self) -> None:
        self._count = multiprocessing.get_context("fork").Value("l")

    def watch(self, last: int = 0) -> None:
        """Count those of this process from here on, and kill it at the `last`."""

        def one_more(*_arguments: object) -> None:
            self._count.value += 1
            if self._count.value == last:
                os.kill(os.getpid(), signal.SIGKILL)

        def counted(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **named: Any) -> Any:
                one_more()
                return function(*arguments, **named)

            return call

        event.listen(engine.get_engine(), "before_cursor_execute", one_more)
        event.listen(engine.get_engine(), "commit", one_more)
        psycopg.Connection.execute = counted(psycopg.Connection.execute)
        psycopg.Copy.write = counted(psycopg.Copy.write)

    @property
    def number(self) -> int:
        """How many there were."""
        return self._count.value


def moments_of(killing: Killing) -> int:
    """How many moments an undisturbed import of the file has."""
    moments = Moments()
    killing.queue()
    assert os.waitpid(killing.fork(moments.watch), 0)[1] == 0
    return moments.number


def kill_at(killing: Killing, moment: int) -> str | None:
    """The id of a run whose worker was killed at that moment; None when it had ended before."""
    run_id = killing.queue()
    worker = killing.fork(lambda: Moments().watch(moment))
    os.waitpid(worker, 0)
    return run_id if killing.lost(run_id, worker) else None


def expect_all_rows_once(importer: Importer, rows: int) -> None:
    """Read by the driver alone, with nothing of ours between."""
    url = importer.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        query = sql.SQL("SELECT id, name FROM {}").format(sql.Identifier(importer.schema, "t"))
        found: list[tuple[int, str]] = connection.execute(query).fetchall()
    assert Counter(found) == {(number, f"row {number}"): rows // ROWS for number in range(ROWS)}
    assert importer.tables() == {"t"}
    assert [path.name for path in importer.folder.iterdir()] == ["rows.csv"]


@pytest.fixture
def long_file(importer: Importer) -> Importer:
    importer.write("rows.csv", "id,name\n" + "".join(f"{number},row {number}\n" for number in range(ROWS)))
    return importer


@pytest.fixture
def killing(long_file: Importer, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Killing]:
    """Kills workers that import the file."""
    temporary = tmp_path_factory.mktemp("temporary")

    def make(**declared: Any) -> Killing:
        return Killing("data_import_workflow", lambda: long_file.payload(file="rows.csv", **declared), temporary)

    return make


@pytest.mark.parametrize("declared", [{}, {"key": ["id"]}], ids=["appended", "by key"])
def test_a_worker_that_is_killed_at_a_statement_loses_and_doubles_nothing(
    long_file: Importer, killing: Callable[..., Killing], declared: dict[str, Any]
) -> None:
    worker = killing(**declared)
    last, imports = moments_of(worker), 1
    for number in range(2 * KILLS):
        if run_id := kill_at(worker, 1 + (last - 1) * (2 * number + 1) // (4 * KILLS)):
            assert worker.go_on(run_id).result["records_processed"] == ROWS
        imports += 1
        expect_all_rows_once(long_file, ROWS if declared else ROWS * imports)


@pytest.mark.parametrize(
    "forgotten", ["UPDATE buster.jobs SET status = 'failed', finished_at = now()", "DELETE FROM buster.jobs"]
)
def test_the_next_import_drops_what_a_killed_run_without_successor_has_staged(
    long_file: Importer, killing: Callable[..., Killing], forgotten: str
) -> None:
    run_id = kill_at(killing(), moments_of(killing()) * 3 // 4)
    assert len(long_file.tables()) == 2
    with long_file.database.begin() as connection:
        connection.execute(text(f"{forgotten} WHERE run_id = :id"), {"id": run_id})
        connection.execute(text("DELETE FROM buster.run_queue"))
    assert long_file.run(file="rows.csv", mode="replace").success
    expect_all_rows_once(long_file, ROWS)


def test_a_worker_that_is_killed_at_any_moment_loses_and_doubles_nothing(
    long_file: Importer, killing: Callable[..., Killing]
) -> None:
    worker = killing(key=["id"])
    worker.measure()
    for _ in range(KILLS):
        assert worker.go_on(worker.kill()).result["records_processed"] == ROWS
        expect_all_rows_once(long_file, ROWS)
