"""Workers come and go: new code, too much memory, too many runs, a restarted database, a killed process."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import text

from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.database.server.engine import get_engine
from buster_jobs_tests.support.dagster_dev import ROOT
from buster_jobs_tests.support.running_system import System, kill, running_system, until

SMALL = {"BUSTER_WORKER_SLOTS": '{"default": 2, "long": 1}'}


@pytest.fixture(scope="module")
def own_system() -> Generator[System]:
    """A system whose processes these tests may kill."""
    with running_system(SMALL | {"BUSTER_WORKER_MAX_RUNS": "5", "BUSTER_WORKER_MAX_MIB": "400"}) as system:
        yield system


def test_ready_means_that_each_worker_has_run_once(own_system: System) -> None:
    command = [
        sys.executable,
        "-m",
        "buster_jobs.cli",
        "ready",
        "--url",
        own_system.dev.url,
        "--location",
        own_system.location,
    ]
    done = subprocess.run(command, env=os.environ | SMALL, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, f"Ready: 3 workers are warm, and {own_system.dev.url} answers.\n")


def test_recycling_workers_loses_nothing(own_system: System) -> None:
    before = [own_system.launch("grows") for _ in range(3)]
    assert {own_system.wait(run_id) for run_id in before} == {"SUCCESS"}
    assert len({own_system.job(run_id).result["number"] for run_id in before}) == 3, "each took a process of its own"
    runs = [own_system.launch("calculates", number=number) for number in range(30)]
    assert {own_system.wait(run_id) for run_id in runs} == {"SUCCESS"}
    assert [own_system.job(run_id).result for run_id in runs] == [{"number": 2 * n + 1} for n in range(30)]
    assert all(own_system.effects(run_id) == ["doubled", "plus one"] for run_id in runs)


def test_after_a_restart_of_postgres_everything_goes_on(own_system: System) -> None:
    logged = len(own_system.log())
    server = embedded.status()
    assert server is not None
    os.kill(server.pid, signal.SIGQUIT)  # an immediate shutdown
    until(lambda: embedded.status() not in (None, server), "somebody has started PostgreSQL again")
    run_id = own_system.launch("calculates", number=1)
    assert own_system.wait(run_id) == "SUCCESS"
    told = own_system.log()[logged:]
    assert "Traceback" not in told
    assert len(told.splitlines()) < 500, "whoever waits for PostgreSQL says so now and then, not all the time"


def test_when_every_pool_is_killed_the_servers_start_new_ones(own_system: System) -> None:
    for pool in own_system.pools():
        kill(pool)
    run_id = own_system.launch("calculates", number=2)
    assert own_system.wait(run_id) == "SUCCESS"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_dagster_dev_ends(number: signal.Signals) -> None:
    with running_system(SMALL) as system:
        run_id = system.launch("naps", seconds=60)
        system.worker_of(run_id)
        system.part("dagster dev").send_signal(number)
        until(lambda: not system.processes(), "no process is left")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of this project's code that may be edited."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("buster_jobs", "buster_jobs_tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "dagster.yaml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_an_edit_is_used_by_the_next_run_and_a_broken_one_loses_none(copy: Path) -> None:
    task, package = copy / "buster_jobs/tasks/edited.py", copy / "buster_jobs/packages/edited.py"
    package.write_text("VALUE = 1\n")
    task.write_text(EDITED)
    with running_system(SMALL, cwd=copy, module="buster_jobs.definitions") as system:

        def result() -> object:
            run_id = system.launch("answers")
            assert system.wait(run_id) == "SUCCESS"
            return system.job(run_id).result

        assert result() == 11
        package.write_text("VALUE = 2\n")
        system.reload()
        assert result() == 12
        task.write_text(EDITED.replace("10 +", "100 +"))
        system.reload()
        assert result() == 102
        package.write_text("VALUE = = 3\n")
        waiting = system.launch("answers")
        until(lambda: "cannot be loaded" in system.log(), "the broken code was tried")
        canceled = system.launch("answers")
        assert system.cancel(canceled) == "TerminateRunSuccess"
        assert system.wait(canceled) == "CANCELED"
        package.write_text("VALUE = 4\n")
        assert system.wait(waiting) == "SUCCESS"
        assert system.job(waiting).result == 104


EDITED = """
from pydantic import BaseModel

from buster_jobs.packages.edited import VALUE
from buster_jobs.runtime import task


class Nothing(BaseModel):
    pass


@task()
def answers(payload: Nothing) -> int:
    return 10 + VALUE
"""


def test_connections_stay_few_with_ten_workers() -> None:
    with running_system({"BUSTER_WORKER_SLOTS": '{"default": 8, "long": 2}'}) as system:
        runs = [system.launch(job, number=1, seconds=0.05) for _ in range(40) for job in ("calculates", "naps_long")]
        counts: list[int] = []

        def all_ended() -> bool:
            with get_engine().connect() as connection:
                counts.append(connection.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE datname = 'buster'")))
            return set(system.statuses(*runs).values()) == {"SUCCESS"}

        until(all_ended, "all runs have ended", 90)
        print("connections", max(counts))
        assert max(counts) < 60
