"""Two hundred runs, and everything that the system consists of killed in turn: no run is lost, none ends wrongly."""

import os
import signal
from contextlib import suppress
from http.client import HTTPException
from typing import Any

from sqlalchemy import text

from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.errors import BusterError
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.running_system import System, kill, restarted, running_system


def kill_pool(system: System) -> None:
    kill(system.pool())


def kill_workers(system: System) -> None:
    for worker in system.crew("worker"):
        kill(worker)


def kill_supervisor(system: System) -> None:
    for supervisor in system.crew("supervisor"):
        kill(supervisor)


def kill_postgres(_system: System) -> None:
    server = embedded.status()
    if server:
        with suppress(ProcessLookupError):
            os.kill(server.pid, signal.SIGQUIT)  # what `pg_ctl stop -m immediate` sends


KILLS = (kill_pool, kill_postgres, kill_workers, kill_supervisor, kill_postgres, kill_pool, kill_workers)
PHASE = 20
"""How many runs are launched between two kills."""


def test_of_two_hundred_runs_every_one_ends_with_its_result_whatever_is_killed() -> None:
    with running_system() as first:
        accepted: dict[str, int] = {}
        for do_kill in KILLS:
            launch_some(first, accepted)
            until(no_run_has_lost_two_workers, "a kill takes no run's third worker")
            do_kill(first)
        launch_some(first, accepted)
        until(no_run_has_lost_two_workers, "a kill takes no run's third worker")
        kill(first.part("dagster_webserver"))
        with restarted(first) as second:
            launch_some(second, accepted)
            until(no_run_has_lost_two_workers, "a kill takes no run's third worker")
            kill(second.part("dagster._daemon"))
            with restarted(second) as third:
                launch_some(third, accepted)
                until(lambda: all_ended(third, list(accepted)), "every run has ended", 300)
                check(third, accepted)


def no_run_has_lost_two_workers() -> bool:
    """Who loses three is to blame for it, and ends as failed."""
    query = "SELECT count(*) FROM buster.run_queue WHERE deliveries - CAST(state = 'claimed' AS integer) >= 2"
    try:
        with transaction() as connection:
            return connection.scalar(text(query)) == 0
    except BusterError:
        return False  # PostgreSQL is coming back


def launch_some(system: System, accepted: dict[str, int]) -> None:
    numbers = range(len(accepted), len(accepted) + PHASE)
    for number in numbers:
        accepted[accepted_run(system, number)] = number


def accepted_run(system: System, number: int) -> str:
    """Trigger until it is accepted: while PostgreSQL is away, a caller is told that it was not, or nothing."""
    answers: list[dict[str, Any]] = []

    def is_accepted() -> bool:
        try:
            answers.append(system.try_launch("calculates", number=number))
        except (OSError, HTTPException, ValueError, TypeError, AssertionError):  # no answer, or none of GraphQL's
            return False
        return answers[-1]["__typename"] == "LaunchRunSuccess"

    until(is_accepted, "a trigger is accepted")
    return answers[-1]["run"]["runId"]


def all_ended(system: System, runs: list[str]) -> bool:
    return all(status in ("SUCCESS", "FAILURE", "CANCELED") for status in system.statuses(*runs).values())


def check(system: System, accepted: dict[str, int]) -> None:
    statuses = system.statuses(*accepted)
    failed = {run_id: system.errors(run_id) for run_id, status in statuses.items() if status != "SUCCESS"}
    assert not failed, failed
    assert len(statuses) == len(accepted)
    for run_id, number in accepted.items():
        job = system.job(run_id)
        assert (job.status, job.result) == ("completed", {"number": 2 * number + 1})
        assert {"doubled", "plus one"} == set(system.effects(run_id))
