"""What a supervisor makes of a worker's silence. Real processes, but no pool and no `dagster dev`."""

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
from buster_jobs.runtime.engine.queueing.submission import submit
from buster_jobs.runtime.engine.supervision.supervisor import LEASE_SECONDS, SETTLING_SECONDS, Supervisor
from buster_jobs.runtime.process_names import name_of
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, new_run, start
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.processes import is_gone


@pytest.fixture
def supervisor(database: Engine) -> Generator[Supervisor]:
    with fresh_instance() as instance:
        supervisor = Supervisor(instance, host="here")
        supervisor.looking_since = time.monotonic() - SETTLING_SECONDS
        yield supervisor


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
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, supervisor.instance)
    os.kill(process.pid, signal.SIGSTOP)
    until(lambda: process.status() == psutil.STATUS_STOPPED, "it is stopped")
    be_silent(database, LEASE_SECONDS / 2)
    supervisor.tick()
    assert worker_of(run_id), "it may go on in time"
    be_silent(database, LEASE_SECONDS / 2 + 1)
    supervisor.tick()
    until(lambda: is_gone(process), "it is killed")
    supervisor.tick()
    assert worker_of(run_id) is None
    claim = run_queue.claim("here/1/1", ["default"])
    assert (claim and claim.run_id, claim and claim.delivery) == (run_id, 2)


def test_a_worker_that_is_merely_busy_keeps_its_run_however_silent_it_is(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, supervisor.instance)
    be_silent(database, 100 * LEASE_SECONDS)
    supervisor.tick()
    assert worker_of(run_id)
    assert process.is_running()


def test_a_silent_worker_of_another_host_loses_its_run_and_no_process_of_ours_is_killed(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, supervisor.instance, host="elsewhere")
    supervisor.tick()
    assert worker_of(run_id)
    be_silent(database, LEASE_SECONDS + 1)
    supervisor.tick()
    assert worker_of(run_id) is None
    assert process.is_running()


def test_after_an_absence_of_postgres_other_hosts_get_time_to_report(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, supervisor.instance, host="elsewhere")
    be_silent(database, 10 * LEASE_SECONDS)
    supervisor.looking_since = None  # as after an error
    supervisor.tick()
    assert worker_of(run_id)
    supervisor.looking_since = time.monotonic() - SETTLING_SECONDS
    supervisor.tick()
    assert worker_of(run_id) is None


def test_a_supervisor_that_was_held_up_ignores_the_silence_of_that_time(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, supervisor.instance, host="elsewhere")
    be_silent(database, 10 * LEASE_SECONDS)
    supervisor.looked_at = time.monotonic() - LEASE_SECONDS
    supervisor.tick()
    assert worker_of(run_id)


def jump(supervisor: Supervisor, database: Engine, seconds: float) -> None:
    """As if somebody had set PostgreSQL's clock ahead by so much since the last look."""
    moved = "UPDATE buster.run_queue SET heartbeat_at = heartbeat_at - :by, deadline_at = deadline_at - :by"
    with database.begin() as connection:
        connection.execute(text(moved), {"by": timedelta(seconds=seconds)})
    assert supervisor.clock.offset is not None
    supervisor.clock.offset -= seconds


def test_when_postgres_clock_is_set_ahead_no_worker_is_lost_and_no_attempt_is_late(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    remote, local = claim_by(process, supervisor.instance, host="elsewhere"), claim_by(process, supervisor.instance)
    run_queue.set_deadline(local, name_of(process, "here"), 60)
    supervisor.tick()
    jump(supervisor, database, 3600)
    for _ in range(2):
        supervisor.tick()
    assert worker_of(remote)
    assert process.is_running()
    assert process.status() != psutil.STATUS_ZOMBIE


def test_a_deadline_that_was_set_before_postgres_clock_was_still_counts(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_queue.set_deadline(claim_by(process, supervisor.instance), name_of(process, "here"), 60)
    supervisor.tick()
    jump(supervisor, database, 3600)
    supervisor.tick()
    with database.begin() as connection:  # a new attempt
        connection.execute(text("UPDATE buster.run_queue SET deadline_at = clock_timestamp() - interval '3 s'"))
    supervisor.tick()
    until(lambda: is_gone(process), "it is killed")


def test_a_lost_worker_is_found_although_postgres_clock_was_set(
    supervisor: Supervisor, process: psutil.Process, database: Engine
) -> None:
    run_id = claim_by(process, supervisor.instance, host="elsewhere")
    supervisor.tick()
    jump(supervisor, database, 3600)
    supervisor.tick()
    assert supervisor.looking_since is not None
    supervisor.looking_since -= SETTLING_SECONDS
    supervisor.tick()
    assert worker_of(run_id) is None


def test_a_supervisor_forgets_a_run_that_ended_after_it_was_asked_to_stop(
    supervisor: Supervisor, process: psutil.Process
) -> None:
    run_id = claim_by(process, supervisor.instance)
    run_queue.cancel(run_id)
    supervisor.tick()
    assert run_id in supervisor.asked
    run_queue.release(run_id)
    supervisor.tick()
    assert not supervisor.asked


def test_a_supervisor_goes_on_when_a_worker_ends_while_it_looks_at_it(
    supervisor: Supervisor, process: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = claim_by(process, supervisor.instance)
    run_queue.cancel(run_id)

    def seen_alive(_worker: str) -> psutil.Process:
        process.kill()
        process.wait()
        return process

    with monkeypatch.context() as patch:
        patch.setattr("buster_jobs.runtime.engine.supervision.supervisor.process_of", seen_alive)
        supervisor.tick()
    supervisor.tick()
    assert get_job_by_run_id(run_id).status == "canceled"


def test_a_supervisor_pauses_while_the_worker_of_another_host_is_past_its_deadline(
    supervisor: Supervisor, process: psutil.Process
) -> None:
    run_id = claim_by(process, supervisor.instance, host="elsewhere")
    run_queue.set_deadline(run_id, name_of(process, "elsewhere"), -1)
    supervisor.tick()
    assert supervisor.pause() > 0


def test_a_run_that_was_accepted_and_never_queued_is_found_behind_any_number_of_others(
    supervisor: Supervisor, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buster_jobs.runtime.engine.supervision.disagreements._MANY", 1)
    instance = supervisor.instance
    before, lost, after = (submit(instance, new_run(instance)).run_id for _ in range(3))
    forget(database, lost)
    supervisor.tick()
    assert all(run_queue.is_queued(run_id) for run_id in (before, lost, after))


def test_a_cancellation_is_finished_although_its_process_died_half_way(
    supervisor: Supervisor, database: Engine
) -> None:
    instance = supervisor.instance
    run = submit(instance, new_run(instance))
    instance.report_run_canceling(run)
    forget(database, run.run_id)
    supervisor.tick()
    ended = instance.get_run_by_id(run.run_id)
    assert ended is not None
    assert ended.status is dg.DagsterRunStatus.CANCELED
    assert get_job_by_run_id(run.run_id).status == "canceled"


def test_a_worker_is_recognized_after_the_clock_was_set(
    supervisor: Supervisor, process: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = claim_by(process, supervisor.instance)
    created, booted = process.create_time() + 3600, psutil.boot_time() + 3600
    # What psutil tells after a step of the clock: both are counted back from now.
    monkeypatch.setattr(psutil.Process, "create_time", Mock(return_value=created))
    monkeypatch.setattr(psutil, "boot_time", Mock(return_value=booted))
    supervisor.tick()
    assert worker_of(run_id) is not None
