"""The worker pool's parent: loads the code once, forks workers, supervisor and recovery, and replaces the dead.

It opens no connection and starts no thread, so that a fork of it is clean. Started by workers/local_workers.py or by
`buster-jobs workers`; ends when its owner's end of a pipe closes, or on SIGTERM.
"""

import fcntl
import gc
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from buster_jobs.runtime.engine.pool_children import become, load_code

_LOOK_SECONDS = 1.0
"""How often the parent looks whether the code was edited."""
_STAND_BY_SECONDS = 0.5
_STOPPED_SECONDS = 20.0
"""So long a child may be stopped, as Ctrl-Z does, before it is killed: it may hold what the others wait for."""
_LOOK_AT_CHILDREN_SECONDS = 5.0
_DRAIN = 2.0
_RESPAWN_PAUSE = 0.5


def main() -> None:
    """`python -m … OWNER_FD [LOCK_FD]`: owner_fd is a pipe that closes when the owner ends."""
    owner = int(sys.argv[1])
    lock = int(sys.argv[2]) if len(sys.argv) > 2 else _wait_for_lock(owner)
    Pool(owner, lock).run()


def _wait_for_lock(owner: int) -> int:
    """One pool of a machine works; others stand by, having imported next to nothing."""
    from buster_jobs.runtime.engine.workers.folder import workers_folder

    lock = os.open(workers_folder() / "pool.lock", os.O_RDWR | os.O_CREAT)
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if _closed(owner, _STAND_BY_SECONDS):
                sys.exit(0)
        else:
            return lock


def _closed(pipe: int, timeout: float, *also: int) -> bool:
    """Whether the pipe was closed, after so many seconds or when one of the other pipes has something to say."""
    ready, _, _ = select.select([pipe, *also], [], [], timeout)
    for other in also:
        if other in ready:
            os.read(other, 4096)
    return pipe in ready


def _pipe_of_deaths() -> int:
    """A pipe that has something to read when a child has ended, or another signal has come."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # the default handler would not wake the pipe
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    return reading


@contextmanager
def _without_collections() -> Generator[None]:
    """Load without looking for garbage, a quarter of the time that it takes; what is loaded is never looked at again.

    So its pages also stay shared with the children, in which a collection would write into each object.
    """
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


@dataclass
class Pool:
    """The parent's state: what each child does, what is still to be forked, and when it checks the children again.

    Children of older code are not replaced.
    """

    owner: int
    lock: int
    children: dict[int, Callable[[], None] | None] = field(default_factory=dict[int, Callable[[], None] | None])
    missing: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    stopped: dict[int, float] = field(default_factory=dict[int, float])
    stopping: bool = False
    next_look: float = 0.0

    def run(self) -> None:
        """Work until the owner is gone."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        deaths = _pipe_of_deaths()
        from buster_jobs.runtime.engine.workers.code_changes import SourceTree  # first: it notes the time

        with _without_collections():
            tree, jobs = SourceTree(), load_code()
        self._adopt_children_of_old_code(end=bool(jobs))
        self.missing += jobs
        self.fork_missing()
        while not self.stopping and not _closed(self.owner, _LOOK_SECONDS, deaths):
            self._replace_the_dead()
            if time.monotonic() >= self.next_look:
                self.end_the_stopped(time.monotonic())
                self.next_look = time.monotonic() + _LOOK_AT_CHILDREN_SECONDS
            if tree.changed():
                self._reload()
        self._end()

    def _adopt_children_of_old_code(self, *, end: bool) -> None:
        """After a reload. They finish the run that they are in; their supervisor is needed until there is a new one."""
        from psutil import Process

        for child in Process().children():
            self.children[child.pid] = None
            if end:
                os.kill(child.pid, signal.SIGUSR1)

    def _stop(self, _signal: int, _frame: object) -> None:
        self.stopping = True

    def fork_missing(self) -> None:
        """Fork the children that are missing; later, while the machine is short of processes or memory."""
        parent = os.getpid()
        while self.missing:
            try:
                pid = os.fork()
            except OSError as error:
                print(f"The pool waits for {len(self.missing)} more processes: {error}", file=sys.stderr, flush=True)
                return
            job = self.missing.pop(0)
            if pid == 0:
                become(job, parent, not_ours=(self.owner, self.lock))
            self.children[pid] = job

    def _replace_the_dead(self) -> None:
        crashed = False
        while (ended := _reap()) is not None:
            pid, status = ended
            job = self.children.pop(pid, None)
            if job is not None:
                crashed |= status != 0
                self.missing.append(job)
        self.fork_missing()
        if crashed:
            time.sleep(_RESPAWN_PAUSE)  # what makes them die may need a moment to pass

    def end_the_stopped(self, now: float) -> None:
        """Kill children that were stopped for too long. `now` is in seconds, and grows from call to call."""
        from psutil import STATUS_STOPPED, Process

        still = {pid for pid in self.children if Process(pid).status() == STATUS_STOPPED}
        self.stopped = {pid: self.stopped.get(pid, now) for pid in still}
        for pid, since in self.stopped.items():
            if now - since > _STOPPED_SECONDS:
                os.kill(pid, signal.SIGKILL)

    def _reload(self) -> NoReturn:
        """Become a new parent with the new code. Old workers see the change too, and end after the run they are in."""
        for descriptor in (self.owner, self.lock):
            os.set_inheritable(descriptor, True)
        os.execv(sys.executable, [sys.executable, "-m", __spec__.name, str(self.owner), str(self.lock)])  # noqa: S606

    def _end(self) -> None:
        """Let runs that are nearly through finish. What is cut off is delivered again by the next pool."""
        for pid in self.children:
            os.kill(pid, signal.SIGUSR1)
        deadline = time.monotonic() + _DRAIN
        while self.children and time.monotonic() < deadline:
            while (ended := _reap()) is not None:
                self.children.pop(ended[0], None)
            time.sleep(0.05)
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)


def _reap() -> tuple[int, int] | None:
    try:
        pid, status = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return (pid, status) if pid else None


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
