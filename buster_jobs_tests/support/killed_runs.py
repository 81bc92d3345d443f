"""Real runs whose worker is killed at a random moment, and which the next worker finishes. What they do is the tests'.

BUSTER_TESTS_KILLS=20 kills more often than the suite does.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import psutil
import psycopg
from sqlalchemy import text

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.server import engine
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import enqueue
from buster_jobs.runtime.engine.workers.worker import Worker
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.support.polling import TIMEOUT_SECONDS, until

KILLS = int(os.environ.get("BUSTER_TESTS_KILLS", "2"))
"""How many workers each test kills."""

_QUEUES = ("default", "long")


@dataclass
class Killing:
    """Kills workers of one kind of run: of `name`. `payload` is called before each, for its payload and its work.

    `temporary` is where the workers put temporary files.
    """

    name: str
    payload: Callable[[], dict[str, Any]]
    temporary: Path
    whole: float = field(default=0.0, init=False)
    chance: random.Random = field(default_factory=random.Random, init=False)

    def measure(self) -> None:
        """Let a run end undisturbed, to know between which moments there is one."""
        run_id, began = self.queue(), time.monotonic()
        self.finish(run_id)
        self.whole = time.monotonic() - began

    def kill(self) -> str:
        """Start runs until a worker was killed before its run had ended. The id of that run, which has no worker."""
        while True:
            run_id, worker = self.queue(), self.fork()
            time.sleep(self.chance.uniform(0, self.whole))  # the moment is what the test is about
            children = psutil.Process(worker).children(recursive=True)
            os.kill(worker, signal.SIGKILL)
            was_killed = os.WIFSIGNALED(os.waitpid(worker, 0)[1])
            assert not psutil.wait_procs(children, timeout=TIMEOUT_SECONDS)[1], (
                "a process of the killed worker lives on"
            )
            if was_killed and self.lost(run_id, worker):
                return run_id

    def lost(self, run_id: str, worker: int) -> bool:
        """What a supervisor does about a worker that is gone. False when its run had ended."""
        run_queue.give_back(run_id, _worker_name(worker))
        return run_queue.is_queued(run_id)

    def go_on(self, run_id: str) -> Job:
        """What the next worker does with the run; nothing is left over then."""
        self.finish(run_id)
        assert list(self.temporary.iterdir()) == []
        wait_for_transactions_to_end()
        return get_job_by_run_id(run_id)

    def queue(self) -> str:
        """The id of a run that waits for a worker."""
        with open_instance() as instance:
            _, run = create_run(self.name, self.payload(), instance)
            enqueue(run)
            return run.run_id

    def finish(self, run_id: str) -> None:
        """Work on the run until it has ended."""
        give_up = time.monotonic() + TIMEOUT_SECONDS
        while run_queue.is_queued(run_id):
            assert time.monotonic() < give_up, f"run {run_id} does not end"
            _skip_delays()
            assert os.waitpid(self.fork(), 0)[1] == 0
        job = get_job_by_run_id(run_id)
        assert job.status == "completed", job.error

    def fork(self, prepare: Callable[[], None] = lambda: None) -> int:
        """A worker that works on one run. It calls `prepare` before that."""
        engine.reset_engine()
        pid = os.fork()
        return pid or self._work(prepare)

    def _work(self, prepare: Callable[[], None]) -> NoReturn:
        try:
            os.environ["TMPDIR"] = str(self.temporary)
            prepare()
            name = _worker_name(os.getpid())
            with open_instance() as instance:
                if claim := run_queue.claim(name, _QUEUES):
                    Worker(_QUEUES, name).work(claim, instance)
            os._exit(0)
        finally:
            os._exit(1)


def _worker_name(pid: int) -> str:
    return f"test/{pid}/1"


def _skip_delays() -> None:
    """The next attempt, which has a delay, is due now."""
    with engine.transaction() as connection:
        connection.execute(text("UPDATE buster.run_queue SET due_at = clock_timestamp() WHERE due_at IS NOT NULL"))
    run_queue.promote_due()


def wait_for_transactions_to_end() -> None:
    """PostgreSQL notices that a client is gone, and rolls back: in every database of the server."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND xact_start IS NOT NULL"
    with psycopg.connect(plain_url(), autocommit=True) as connection:
        query = f"{others} AND pid <> pg_backend_pid()"
        until(lambda: connection.execute(query).fetchone() == (0,), "killed workers have left no transaction open")


def plain_url() -> str:
    """Of the warehouse, for psycopg alone."""
    return engine.database_url().set(drivername="postgresql").render_as_string(hide_password=False)
