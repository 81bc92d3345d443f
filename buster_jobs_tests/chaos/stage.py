"""Where a scenario plays: a database, workers that are real processes, and nobody who does anything unasked."""

import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import dagster as dg
import psutil
from sqlalchemy import text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.ops.alerts import deliver_pending
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import submit
from buster_jobs.runtime.engine.supervision.dead_letter_sweep import sweep_dead_letters
from buster_jobs.runtime.engine.supervision.supervisor import LEASE_SECONDS, SETTLING_SECONDS, Supervisor
from buster_jobs.runtime.engine.workers.worker import Worker
from buster_jobs.runtime.process_names import worker_name
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.chaos import ledger, location
from buster_jobs_tests.chaos.checks import Evidence
from buster_jobs_tests.chaos.receiver import received
from buster_jobs_tests.support.loopback import Loopback
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.processes import is_gone, kill_all

QUEUES = ("default", "long")


@dataclass
class Stage:
    """`supervisor` takes itself for one of another host, which sees no process of this one."""

    instance: dg.DagsterInstance
    receiver: Loopback
    accepted: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    seen: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    workers: list[psutil.Process] = field(default_factory=list[psutil.Process])

    @property
    def supervisor(self) -> Supervisor:
        return Supervisor(self.instance, host="elsewhere", looking_since=time.monotonic() - SETTLING_SECONDS)

    def trigger(self, task: str, key: str | None = None) -> str:
        """What a webserver does with a trigger, the key of which is its effect's too."""
        named = key or f"{task}-{uuid4()}"
        _, run = create_run(
            task, {"key": named}, self.instance, location.__name__, tags={run_tags.IDEMPOTENCY_KEY: named}
        )
        chosen = submit(self.instance, run)
        self.accepted.append((named, chosen.run_id))
        return chosen.run_id

    def start_worker(self) -> psutil.Process:
        """A process that works on one run, if there is one for it, and ends."""
        pid = os.fork()
        if pid == 0:
            _work_on_one()
        self.workers.append(psutil.Process(pid))
        return self.workers[-1]

    def work(self, runs: int = 1) -> None:
        """So many runs, one after the other, each in a process of its own."""
        for _ in range(runs):
            self.wait_for(self.start_worker())

    def wait_for(self, worker: psutil.Process) -> None:
        """Until the worker has ended."""
        until(lambda: is_gone(worker), "the worker has ended")

    def wait_for_execution(self, run_id: str, number: int) -> None:
        """Until the run was begun so many times."""
        until(lambda: ledger.begun(run_id) >= number, f"execution {number} begins")

    def look(self, run_id: str) -> None:
        """What a caller would see now."""
        run = self.instance.get_run_by_id(run_id)
        if run and run.is_finished:
            self.seen.append((run_id, run.status.value))

    def lose(self, worker: psutil.Process) -> None:
        """To everybody else this worker is gone from now on."""
        ledger.note_frozen([worker.pid])
        self.let_time_pass(LEASE_SECONDS + 1)
        self.supervisor.tick()

    def let_time_pass(self, seconds: float) -> None:
        """As far as heartbeats, retries of alerts and the queue can tell."""
        with transaction() as connection:
            for statement in _PASSED:
                connection.execute(text(statement), {"seconds": seconds})

    def tell(self) -> None:
        """What the recovery does, again and again."""
        sweep_dead_letters(self.instance)
        for _ in range(3):
            deliver_pending(window=0)
            self.let_time_pass(600)

    def evidence(self) -> Evidence:
        return Evidence(self.accepted, received(self.receiver), self.seen)

    def end(self) -> None:
        """Whoever still works is killed."""
        kill_all(self.workers)
        for worker in self.workers:
            os.waitpid(worker.pid, 0)


@contextmanager
def stage(receiver: Loopback) -> Generator[Stage]:
    """An empty one, on the database that settings name. The receiver is where they send alerts."""
    with open_instance() as instance:
        instance.wipe()
        ledger.make_tables()
        made = Stage(instance, receiver)
        try:
            yield made
        finally:
            made.end()


def _work_on_one() -> None:
    """In a child: whatever happens, it does not go on with what its parent was doing."""
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        name = worker_name()
        claim = run_queue.claim(name, QUEUES)
        if claim:
            with open_instance() as instance:
                Worker(QUEUES, name).work(claim, instance)
    finally:
        os._exit(0)


_PASSED = (
    "UPDATE buster.run_queue SET heartbeat_at = heartbeat_at - make_interval(secs => :seconds)",
    "UPDATE buster.ops_deliveries SET due_at = due_at - make_interval(secs => :seconds)",
)
