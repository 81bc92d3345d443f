"""A warm worker: one process that claims runs and executes them one after the other. Forked by pool.py."""

import fcntl
import logging
import os
import resource
import signal
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import dagster as dg
from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.engine.dagster.runs import open_instance
from buster_jobs.runtime.engine.lease import Lease
from buster_jobs.runtime.engine.outcomes import suspend
from buster_jobs.runtime.engine.wakeup import AWAY_SECONDS, Wakeup
from buster_jobs.runtime.engine.workers.code_changes import SourceTree
from buster_jobs.runtime.engine.workers.delivery import deliver
from buster_jobs.runtime.engine.workers.folder import workers_folder
from buster_jobs.runtime.engine.workers.warm_up import warm, warm_up
from buster_jobs.runtime.process_names import name_process, worker_name

_POLL_SECONDS = 5.0


def worker(queues: str) -> Callable[[], None]:
    """What a child does that works on these queues, separated by "+"."""
    return lambda: Worker(queues.split("+")).run()


@dataclass
class Worker:
    """One worker's loop."""

    queues: Sequence[str]
    name: str = field(default_factory=worker_name)
    wakeup: Wakeup = field(default_factory=lambda: Wakeup(run_queue.READY_CHANNEL))
    tree: SourceTree = field(default_factory=SourceTree)

    def run(self) -> None:
        """Work until the code changes, the process has become too big or too old, or the pool ends."""
        name_process("buster worker")
        self.wakeup.stop_at(signal.SIGUSR1)
        parent = os.getppid()
        with open_instance() as instance:
            self._warm_up(instance, parent)
            with warm():
                self._work_on_runs(instance, parent)

    def _warm_up(self, instance: dg.DagsterInstance, parent: int) -> None:
        while not self.wakeup.stopped and os.getppid() == parent:
            try:
                warm_up(instance)
            except (BusterError, DBAPIError) as error:
                logging.getLogger(__name__).warning("Worker %s: %s", self.name, error)
                time.sleep(AWAY_SECONDS)
            else:
                return

    def _work_on_runs(self, instance: dg.DagsterInstance, parent: int) -> None:
        settings = get_settings()
        for _ in range(settings.worker_max_runs):
            with _one_at_a_time(self.queues):
                claim = self._next_claim(parent)
            if claim is None:
                return
            self.work(claim, instance)
            if _resident_mib() > settings.worker_max_mib:
                return

    def work(self, claim: run_queue.Claim, instance: dg.DagsterInstance) -> None:
        """Execute a claimed run, and record in the queue that it ended or has to wait."""
        with Lease(claim.run_id, self.name):
            suspension = deliver(claim, instance)
            if suspension:
                suspend(instance, claim.run_id, suspension.step_key, suspension.seconds)
        if suspension:
            run_queue.suspend(claim.run_id, self.name, suspension.seconds)
        else:
            run_queue.release(claim.run_id)

    def _next_claim(self, parent: int) -> run_queue.Claim | None:
        unsure = False
        while not self.wakeup.stopped and os.getppid() == parent:
            try:
                if unsure:
                    run_queue.give_back_all(self.name)
                    unsure = False
                claim = self._wait_for_claim()
            except BusterError as error:
                logging.getLogger(__name__).warning("Worker %s: %s", self.name, error)
                unsure = True
                time.sleep(AWAY_SECONDS)
            else:
                return claim
        return None

    def _wait_for_claim(self) -> run_queue.Claim | None:
        self.wakeup.listen()
        while not (self.wakeup.stopped or self.tree.changed()):
            if claim := run_queue.claim(self.name, self.queues):
                self.wakeup.unlisten()
                return claim
            self.wakeup.wait(_POLL_SECONDS)
        return None


@contextmanager
def _one_at_a_time(queues: Sequence[str]) -> Generator[None]:
    """Of all idle workers one listens; a notification wakes it alone. The kernel frees the lock of a dead one."""
    descriptor = os.open(workers_folder() / f"leader-{'+'.join(queues)}.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
