"""Kills, stops and freezes parts of a running system, in an order that the seed decides. Starts nothing again."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import psutil

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.errors import BusterError
from buster_jobs.runtime.engine.supervision.supervisor import LEASE_SECONDS
from buster_jobs_tests.chaos import ledger
from buster_jobs_tests.chaos.detection import Detection
from buster_jobs_tests.chaos.hosts import Hosts
from buster_jobs_tests.support.processes import is_gone, is_named, processes_of

_FROZEN_SECONDS = LEASE_SECONDS + 6
_LOOKS = 20
_RESTART_AFTER_SECONDS = 20.0
"""How long a code location may be away before the monkey, like an operator, starts `dagster dev` again."""


@dataclass
class Monkey:
    """Does something every `pause` seconds: everything that it knows, in random order, and again."""

    hosts: Hosts
    random: Random
    pause: float
    detection: Detection
    tell: Callable[[str], None]
    done: list[str] = field(default_factory=list[str])
    _over: threading.Event = field(default_factory=threading.Event)
    _waiting: list[threading.Thread] = field(default_factory=list[threading.Thread])
    _freezes: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def rage(self, seconds: float, blows: int) -> None:
        """For so long, and until so many blows have landed, or until it is calmed."""
        coming, end = self._all_in_random_order(), time.monotonic() + seconds
        while not self._over.wait(self.random.uniform(0.5, 1.5) * self.pause):
            if time.monotonic() > end and len(self.done) >= blows:
                return
            coming = coming or self._all_in_random_order()
            self._try(coming.pop())

    def _try(self, action: Callable[[], str | None]) -> None:
        try:
            what = action()
        except (BusterError, psutil.Error, ProcessLookupError):
            return  # PostgreSQL is away, or what was meant has ended by itself
        if what:
            self.done.append(action.__name__)
            self.tell(what)

    def calm(self) -> None:
        """No more of it, and everything thaws."""
        self._over.set()
        for thread in self._waiting:
            thread.join()

    def _all_in_random_order(self) -> list[Callable[[], str | None]]:
        """What it can do, small things more often. Each answers with what it did, or None when it could not."""
        actions = [
            *[self.kill_a_worker] * 6,
            *[self.freeze_a_worker] * 2,
            *[self.kill_the_supervisor] * 2,
            self.kill_the_recovery,
            *[self.kill_the_pool] * 2,
            self.kill_the_first_host,
            self.kill_the_other_host,
            self.freeze_the_other_host,
            *[self.kill_postgres] * 3,
            self.kill_the_webserver,
            self.kill_the_daemon,
            self.kill_the_code_server,
        ]
        return self.random.sample(actions, len(actions))

    def kill_a_worker(self) -> str | None:
        busy = self._busy_workers()
        return self._kill("a worker", [self.random.choice(busy)]) if busy else None

    def kill_the_supervisor(self) -> str | None:
        return self._kill("the supervisor", self._pool_children("buster supervisor"))

    def kill_the_recovery(self) -> str | None:
        return self._kill("the recovery", self._pool_children("buster recovery"))

    def kill_the_pool(self) -> str | None:
        pools = [pool for pool in self.hosts.first.pools() if pool.children()]
        return self._kill("the pool with all its workers", pools)

    def kill_the_first_host(self) -> str | None:
        everything = [process for process in processes_of(self.hosts.state) if "postgres" not in process.name()]
        return self._kill("the first host", everything)

    def kill_the_other_host(self) -> str | None:
        return self._kill("the other host", self.hosts.other())

    def freeze_a_worker(self) -> str | None:
        busy = [] if self._is_freezing() else self._busy_workers()
        return self._freeze("a worker", [self.random.choice(busy)]) if busy else None

    def freeze_the_other_host(self) -> str | None:
        return self._freeze("the other host", [] if self._is_freezing() else self.hosts.other())

    def kill_postgres(self) -> str | None:
        server = embedded.status()
        if server is None:
            return None
        psutil.Process(server.pid).send_signal(signal.SIGQUIT)  # what `pg_ctl stop -m immediate` sends
        return "stopped PostgreSQL at once"

    def kill_the_webserver(self) -> str | None:
        return self._kill("the webserver", self._dev_children("dagster_webserver"))

    def kill_the_daemon(self) -> str | None:
        return self._kill("the daemon", self._dev_children("dagster._daemon"))

    def kill_the_code_server(self) -> str | None:
        servers = [child for child in self.hosts.dev_children() if "code-server" in " ".join(child.cmdline())]
        what = self._kill("the code server", [*(c for s in servers for c in s.children(recursive=True)), *servers])
        if what:
            self._later(_RESTART_AFTER_SECONDS, self.hosts.restart_dev)
        return what

    def _kill(self, what: str, victims: Sequence[psutil.Process]) -> str | None:
        if not victims:
            return None
        with self.detection.of(victims):
            for victim in victims:
                with suppress(psutil.Error):
                    victim.kill()
            psutil.wait_procs([victim for victim in victims if not is_gone(victim)], timeout=0.5)
        return f"killed {what}"

    def _freeze(self, what: str, victims: Sequence[psutil.Process]) -> str | None:
        if not victims:
            return None
        ledger.note_frozen([victim.pid for victim in victims])
        with self.detection.of(victims, silent=True):
            for victim in victims:
                with suppress(psutil.NoSuchProcess):
                    victim.suspend()
        self._freezes.append(self._later(_FROZEN_SECONDS, lambda: _thaw(victims)))
        return f"froze {what} for {_FROZEN_SECONDS:.0f} s"

    def _is_freezing(self) -> bool:
        return any(freeze.is_alive() for freeze in self._freezes)

    def _later(self, seconds: float, action: Callable[[], None]) -> threading.Thread:
        def act() -> None:
            self._over.wait(seconds)
            action()

        thread = threading.Thread(target=act, daemon=True)
        thread.start()
        self._waiting.append(thread)
        return thread

    def _busy_workers(self) -> list[psutil.Process]:
        """Waits a moment until there is one."""
        for _ in range(_LOOKS):
            names = [watch.worker.split("/") for watch in run_queue.claimed()]
            here = [int(pid) for host, pid, _ in names if host == socket.gethostname()]
            if found := [psutil.Process(pid) for pid in here if psutil.pid_exists(pid)]:
                return found
            self._over.wait(0.1)
        return []

    def _pool_children(self, name: str) -> list[psutil.Process]:
        children = [child for pool in self.hosts.first.pools() for child in pool.children()]
        return [child for child in children if is_named(child, name)]

    def _dev_children(self, module: str) -> list[psutil.Process]:
        return [child for child in self.hosts.dev_children() if module in " ".join(child.cmdline())]


def _thaw(victims: Sequence[psutil.Process]) -> None:
    for victim in victims:
        with suppress(psutil.Error):
            victim.resume()
