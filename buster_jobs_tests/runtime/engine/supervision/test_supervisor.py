"""What a keeper makes of a worker's silence. Real processes, but no pool and no `dagster dev`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from datetime import timedelta
from unittest.mock import Mock

import dagster as dg
import psutil
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.runtime.engine.queueing.placement import put_into_queue
from buster_jobs.runtime.engine.supervision.supervisor import LEASE_SECONDS, SETTLING_SECONDS, Keeper
from buster_jobs.runtime.process_names import name_of
from buster_jobs_tests.patience import is_gone, until
from buster_jobs_tests.runtime.engine.failing_runs import fresh_instance, new_run, start


@pytest.fixture
def keeper(database: Engine) -> Generator[Keeper]:
    with fresh_instance() as instance:
        keeper = Keeper(instance, host="here")
        keeper.looking_since = time.monotonic() - SETTLING_SECONDS
        yield keeper


@pytest.fixture
def process() -> Generator[psutil.Process]:
    """What a worker's process could be: it does nothing."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as child:
        yield psutil.Process(child.pid)
        child.kill()


def claim_by(process: psutil.Process, instance: dg.DagsterInstance, host: str = "here") -> str:
    run_id = start(instance)
    assert run_queue.claim(name_of(process, host), ["default"])
    return run_id


def be_silent(database: Engine, seconds: float) -> None:
    moved = "UPDATE buster.run_queue SET heartbeat_at = heartbeat_at - make_interval(secs => :seconds)"
    with database.begin() as connection:
        connection.execute(text(moved), {"seconds": seconds})


def forget(database: Engine, run_id: str) -> None:
    """As if somebody had died an hour ago who was about to put it into the queue, or had just taken it out."""
    with database.begin() as connection:
        connection.execute(text("DELETE FROM buster.run_queue WHERE run_id = :id"), {"id": run_id})
        connection.execute(text("UPDATE public.runs SET update_timestamp = update_timestamp - interval '1 hour'"))


def worker_of(run_id: str) -> str | None:
    return next((watch.worker for watch in run_queue.claimed() if watch.run_id == run_id), None)


def test_a_worker_that_was_stopped_is_killed_when_its_lease_is_over_and_its_run_goes_on(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, keeper.instance)
    os.kill(process.pid, signal.SIGSTOP)
    until(lambda: process.status() == psutil.STATUS_STOPPED, "it is stopped")
    be_silent(database, LEASE_SECONDS / 2)
    keeper.tick()
    assert worker_of(run_id), "it may go on in time"
    be_silent(database, LEASE_SECONDS / 2 + 1)
    keeper.tick()
    until(lambda: is_gone(process), "it is killed")
    keeper.tick()
    assert worker_of(run_id) is None
    claim = run_queue.claim("here/1/1", ["default"])
    assert (claim and claim.run_id, claim and claim.delivery) == (run_id, 2)


def test_a_worker_that_is_merely_busy_keeps_its_run_however_silent_it_is(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, keeper.instance)
    be_silent(database, 100 * LEASE_SECONDS)
    keeper.tick()
    assert worker_of(run_id)
    assert process.is_running()


def test_a_silent_worker_of_another_host_loses_its_run_and_no_process_of_ours_is_killed(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, keeper.instance, host="elsewhere")
    keeper.tick()
    assert worker_of(run_id)
    be_silent(database, LEASE_SECONDS + 1)
    keeper.tick()
    assert worker_of(run_id) is None
    assert process.is_running()


def test_after_an_absence_of_postgres_other_hosts_get_the_time_to_be_heard(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, keeper.instance, host="elsewhere")
    be_silent(database, 10 * LEASE_SECONDS)
    keeper.looking_since = None  # as after an error
    keeper.tick()
    assert worker_of(run_id)
    keeper.looking_since = time.monotonic() - SETTLING_SECONDS
    keeper.tick()
    assert worker_of(run_id) is None


def test_a_keeper_that_was_held_up_trusts_no_silence_of_that_time(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, keeper.instance, host="elsewhere")
    be_silent(database, 10 * LEASE_SECONDS)
    keeper.looked_at = time.monotonic() - LEASE_SECONDS
    keeper.tick()
    assert worker_of(run_id)


def jump(keeper: Keeper, database: Engine, seconds: float) -> None:
    """As if somebody had set PostgreSQL's clock ahead by so much since the last look."""
    moved = "UPDATE buster.run_queue SET heartbeat_at = heartbeat_at - :by, deadline_at = deadline_at - :by"
    with database.begin() as connection:
        connection.execute(text(moved), {"by": timedelta(seconds=seconds)})
    assert keeper.clock.offset is not None
    keeper.clock.offset -= seconds


def test_when_postgres_clock_is_set_ahead_no_worker_is_lost_and_no_attempt_is_late(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    remote, local = claim_by(process, keeper.instance, host="elsewhere"), claim_by(process, keeper.instance)
    run_queue.set_deadline(local, name_of(process, "here"), 60)
    keeper.tick()
    jump(keeper, database, 3600)
    for _ in range(2):
        keeper.tick()
    assert worker_of(remote)
    assert process.is_running()
    assert process.status() != psutil.STATUS_ZOMBIE


def test_a_deadline_that_was_set_before_postgres_clock_was_still_counts(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_queue.set_deadline(claim_by(process, keeper.instance), name_of(process, "here"), 60)
    keeper.tick()
    jump(keeper, database, 3600)
    keeper.tick()
    with database.begin() as connection:  # a new attempt
        connection.execute(text("UPDATE buster.run_queue SET deadline_at = clock_timestamp() - interval '3 s'"))
    keeper.tick()
    until(lambda: is_gone(process), "it is killed")


def test_a_lost_worker_is_found_although_postgres_clock_was_set(
    keeper: Keeper, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, keeper.instance, host="elsewhere")
    keeper.tick()
    jump(keeper, database, 3600)
    keeper.tick()
    assert keeper.looking_since is not None
    keeper.looking_since -= SETTLING_SECONDS
    keeper.tick()
    assert worker_of(run_id) is None


def test_a_run_that_ended_although_it_was_asked_to_stop_leaves_its_keeper_in_peace(
    keeper: Keeper, process: psutil.Process
) -> None:
    run_id = claim_by(process, keeper.instance)
    run_queue.cancel(run_id)
    keeper.tick()
    assert run_id in keeper.asked
    run_queue.release(run_id)
    keeper.tick()
    assert not keeper.asked


def test_a_worker_that_ends_while_its_keeper_looks_at_it_stops_no_keeper(
    keeper: Keeper, process: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = claim_by(process, keeper.instance)
    run_queue.cancel(run_id)

    def seen_alive(_worker: str) -> psutil.Process:
        process.kill()
        process.wait()
        return process

    with monkeypatch.context() as patch:
        patch.setattr("buster_jobs.runtime.engine.supervision.supervisor.process_of", seen_alive)
        keeper.tick()
    keeper.tick()
    assert get_job_by_run_id(run_id).status == "canceled"


def test_a_keeper_rests_while_the_worker_of_another_host_is_past_its_deadline(
    keeper: Keeper, process: psutil.Process
) -> None:
    run_id = claim_by(process, keeper.instance, host="elsewhere")
    run_queue.set_deadline(run_id, name_of(process, "elsewhere"), -1)
    keeper.tick()
    assert keeper.pause() > 0


def test_a_run_that_was_accepted_and_never_queued_is_found_behind_any_number_of_others(
    keeper: Keeper, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buster_jobs.runtime.engine.supervision.disagreements._MANY", 1)
    instance = keeper.instance
    before, lost, after = (put_into_queue(instance, new_run(instance)).run_id for _ in range(3))
    forget(database, lost)
    keeper.tick()
    assert all(run_queue.is_queued(run_id) for run_id in (before, lost, after))


def test_a_cancellation_is_finished_whose_canceller_died_on_the_way(keeper: Keeper, database: Engine) -> None:
    instance = keeper.instance
    run = put_into_queue(instance, new_run(instance))
    instance.report_run_canceling(run)
    forget(database, run.run_id)
    keeper.tick()
    ended = instance.get_run_by_id(run.run_id)
    assert ended is not None
    assert ended.status is dg.DagsterRunStatus.CANCELED
    assert get_job_by_run_id(run.run_id).status == "canceled"


def test_a_worker_stays_the_same_when_somebody_sets_the_clock(
    keeper: Keeper, process: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = claim_by(process, keeper.instance)
    created, booted = process.create_time() + 3600, psutil.boot_time() + 3600
    # What psutil tells after a step of the clock: both are counted back from now.
    monkeypatch.setattr(psutil.Process, "create_time", Mock(return_value=created))
    monkeypatch.setattr(psutil, "boot_time", Mock(return_value=booted))
    keeper.tick()
    assert worker_of(run_id) is not None
