"""The supervisor: starts runs that are due, ends cancelled and expired ones, takes runs back from lost workers.

Every pool has one, in a process of its own; several may work on one queue.
"""

import logging
import os
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import dagster as dg
import psutil
from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.run_queue import Watch
from buster_jobs.packages.errors import BusterError
from buster_jobs.runtime.engine.dagster.runs import open_instance
from buster_jobs.runtime.engine.lease import HEARTBEAT_SECONDS, STOP_SIGNAL
from buster_jobs.runtime.engine.outcomes import end_as_canceled, end_as_expired, note_killed_attempt
from buster_jobs.runtime.engine.supervision.clock_jumps import ClockJumps
from buster_jobs.runtime.engine.supervision.isolation import contain_errors
from buster_jobs.runtime.engine.supervision.orphaned_triggers import finish_orphaned_runs, submit_orphaned_triggers
from buster_jobs.runtime.engine.wakeup import AWAY_SECONDS, Wakeup
from buster_jobs.runtime.process_names import host_of, name_process, process_of

LEASE_SECONDS = 4 * HEARTBEAT_SECONDS
"""A worker that was silent for so long is lost, if it is stopped or of another host."""
SETTLING_SECONDS = 2 * HEARTBEAT_SECONDS
"""After PostgreSQL was away, or before this supervisor was there, others may have been silent without being lost."""
_HELD_UP_SECONDS = LEASE_SECONDS - HEARTBEAT_SECONDS
"""After so long without a look, silences may come from an unreachable PostgreSQL."""
GRACE_SECONDS = 2.0
"""How long a run that was cancelled, or is past its deadline, may clean up before its process is killed."""

_TICK = 0.5
_IDLE_TICK = 2.0
_SOON = 0.05
_SWEEP_SECONDS = 10.0


def supervise() -> None:
    """The loop of the supervisor's process. It keeps its old code until the pool has loaded the new."""
    name_process("buster supervisor")
    wakeup, parent = Wakeup(run_queue.SUPERVISOR_CHANNEL), os.getppid()
    wakeup.stop_at(signal.SIGUSR1)
    with open_instance() as instance:
        supervisor = Supervisor(instance)
        while not wakeup.stopped and os.getppid() == parent:
            try:
                wakeup.listen()
                supervisor.tick()
                wakeup.wait(supervisor.pause())
            except (BusterError, DBAPIError) as error:
                logging.getLogger(__name__).warning("Supervisor: %s", error)
                supervisor.looking_since = None
                time.sleep(AWAY_SECONDS)


@dataclass
class Supervisor:
    """One supervisor's state: which runs it has asked to stop and when, and since when it reaches the queue."""

    instance: dg.DagsterInstance
    host: str = field(default_factory=socket.gethostname)
    asked: dict[str, float] = field(default_factory=dict[str, float])
    next_sweep: float = 0.0
    looking_since: float | None = None
    watching: bool = False
    looked_at: float = field(default_factory=time.monotonic)
    clock: ClockJumps = field(default_factory=ClockJumps)

    def tick(self) -> None:
        """Do all that is due now."""
        with contain_errors("promoting"):
            run_queue.promote_due()
        with contain_errors("expiring"):
            for run_id in run_queue.expire():
                with contain_errors(run_id):
                    self._expire(run_id)
        watches = run_queue.claimed()
        self._note_look(watches)
        for watch in watches:
            # One that has just ended is found by the next look.
            with contain_errors(watch.run_id), suppress(ProcessLookupError, psutil.NoSuchProcess):
                self._look_after(watch)
        if time.monotonic() >= self.next_sweep:
            with contain_errors("orphaned runs"):
                finish_orphaned_runs(self.instance, age=timedelta(seconds=_SWEEP_SECONDS))
                submit_orphaned_triggers(self.instance)
            self.next_sweep = time.monotonic() + _SWEEP_SECONDS

    def pause(self) -> float:
        """Seconds until something may be due."""
        due, tick = run_queue.seconds_to_next(), _TICK if self.watching else _IDLE_TICK
        # What is due and was not done has some time left, or is for another host's supervisor.
        if self.asked or (due is not None and due <= 0):
            return _SOON
        return tick if due is None else min(tick, due)

    def _note_look(self, watches: Sequence[Watch]) -> None:
        """Start over with silences if this supervisor or PostgreSQL was held up for long, or its clock was set."""
        now = time.monotonic()
        jumped = self.clock.note_look(watches, now)
        if jumped or self.looking_since is None or now - self.looked_at > _HELD_UP_SECONDS:
            self.looking_since = now
        self.looked_at = now
        self.watching = bool(watches)
        claimed = {watch.run_id for watch in watches}
        self.asked = {run_id: since for run_id, since in self.asked.items() if run_id in claimed}

    def _look_after(self, watch: Watch) -> None:
        process = process_of(watch.worker) if host_of(watch.worker) == self.host else None
        if self._is_lost(watch, process):
            self._take_back(watch)
        elif process and (self._is_overdue(watch) or self._sleeps_on(watch, process)):
            os.kill(process.pid, signal.SIGKILL)
        elif process and watch.cancel_requested:
            self._stop(watch, process)

    def _is_lost(self, watch: Watch, process: psutil.Process | None) -> bool:
        return process is None if host_of(watch.worker) == self.host else self._is_silent(watch)

    def _is_silent(self, watch: Watch) -> bool:
        """Whether the worker's lease is over, and it would have been heard."""
        looked = time.monotonic() - (self.looking_since or time.monotonic())
        return watch.silent > LEASE_SECONDS and looked >= SETTLING_SECONDS

    def _is_overdue(self, watch: Watch) -> bool:
        late = self.clock.late(watch)
        return late is not None and late > GRACE_SECONDS

    def _sleeps_on(self, watch: Watch, process: psutil.Process) -> bool:
        """The process is stopped, as by Ctrl-Z. One that a debugger holds, or that is busy, is left alone."""
        return process.status() == psutil.STATUS_STOPPED and self._is_silent(watch)

    def _take_back(self, watch: Watch) -> None:
        run = self.instance.get_run_by_id(watch.run_id)
        if run is None or run.is_finished:
            run_queue.release(watch.run_id)
        elif watch.cancel_requested:
            end_as_canceled(self.instance, run)
            run_queue.release(watch.run_id)
        elif self._is_overdue(watch):
            note_killed_attempt(run, watch.worker, seen=watch.heartbeat_at)
            run_queue.give_back_overdue(watch.run_id, watch.worker, seen=watch.heartbeat_at)
        else:
            run_queue.give_back(watch.run_id, watch.worker, seen=watch.heartbeat_at)

    def _stop(self, watch: Watch, process: psutil.Process) -> None:
        """Ask once, then kill: a run that blocks in a call does not hear the asking."""
        since = self.asked.get(watch.run_id)
        if since is None:
            self.asked[watch.run_id] = time.monotonic()
            os.kill(process.pid, STOP_SIGNAL)
        elif time.monotonic() - since > GRACE_SECONDS:
            os.kill(process.pid, signal.SIGKILL)

    def _expire(self, run_id: str) -> None:
        run = self.instance.get_run_by_id(run_id)
        if run is not None and not run.is_finished:
            end_as_expired(self.instance, run)
        run_queue.release(run_id)
