"""The two hosts of a storm, and who starts again what has ended, as a service manager would. Nothing here kills.

The first is a whole `dagster dev`; the other only works, and shares nothing with it but the database.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.database.sources.encryption import encrypt
from buster_jobs.packages.errors import BusterError
from buster_jobs_tests.chaos import location
from buster_jobs_tests.support.dagster_dev import ROOT, DagsterDev, dagster, end, start, wait_until_loaded
from buster_jobs_tests.support.ports import free_port
from buster_jobs_tests.support.processes import kill_all
from buster_jobs_tests.support.running_system import System, new_state, processes_of

_LOOK_SECONDS = 0.5


@dataclass
class Hosts:
    """`port` is the webserver's for the whole storm; `settings` are both hosts'."""

    state: Path
    settings: dict[str, str]
    other_state: Path = field(default_factory=new_state)
    port: int = field(default_factory=free_port)
    starts: int = 0
    _dev: subprocess.Popen[bytes] | None = None
    _other: subprocess.Popen[bytes] | None = None
    _lifeline: int = -1
    _ending: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def first(self) -> System:
        """The first host, to look at its processes."""
        return System(DagsterDev(self.url, self.state / "dev.log", location.__name__), self.state, location.__name__)

    def other(self) -> list[psutil.Process]:
        """The other host's processes."""
        return processes_of(self.other_state)

    def dev_children(self) -> list[psutil.Process]:
        """What `dagster dev` has started itself."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self._dev.pid).children() if self._dev else []
        return []

    def restart_dev(self) -> None:
        """As an operator does whose code location does not come back."""
        if self._dev:
            end(self._dev)

    def keep_running(self) -> None:
        """Start again what has ended, until the storm is over."""
        while not self._ending.wait(_LOOK_SECONDS):
            if self._dev is None or self._dev.poll() is not None:
                self._start_dev()
            if self._other is None or self._other.poll() is not None:
                with suppress(BusterError):  # PostgreSQL is not back yet: at the next look
                    self._start_other()

    def stop(self) -> None:
        """End both hosts."""
        self._ending.set()
        for process in (self._dev, self._other):
            if process:
                end(process)

    def start(self) -> None:
        """Start both, and wait until the webserver serves the tasks."""
        self._start_dev()
        if self._dev:
            wait_until_loaded(self.first.dev, self._dev)
        self._start_other()

    def _start_dev(self) -> None:
        self.starts += 1
        command = dagster("dev", "-m", location.__name__)
        self._dev = start(command, self.state / "dev.log", self.settings, self.port)

    def _start_other(self) -> None:
        url = embedded.ensure_running().url("buster").set(drivername="postgresql")
        key = (self.state / "encryption.key").read_text().strip()
        own = {
            "BUSTER_STATE_DIR": str(self.other_state),
            "BUSTER_DATABASE_URL": url.render_as_string(hide_password=False),
            "BUSTER_ENCRYPTION_KEY": key,
        }
        owner, self._lifeline = os.pipe()  # whose other end stays open as long as this process
        with (self.other_state / "log").open("ab") as log:
            self._other = subprocess.Popen(
                [sys.executable, "-m", "buster_jobs_tests.chaos.other_host", str(owner)],
                cwd=ROOT,
                env=os.environ | self.settings | own,
                pass_fds=(owner,),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        os.close(owner)


@contextmanager
def running_hosts(state: Path, settings: dict[str, str]) -> Generator[Hosts]:
    """Both hosts, each part of which is started again when it has ended."""
    encrypt("makes the key that the other host needs too")
    hosts = Hosts(state, settings)
    hosts.start()
    supervisor = threading.Thread(target=hosts.keep_running, name="service manager", daemon=True)
    supervisor.start()
    try:
        yield hosts
    finally:
        hosts.stop()
        supervisor.join()
        while left := hosts.other():
            kill_all(left)
        shutil.rmtree(hosts.other_state, ignore_errors=True)
