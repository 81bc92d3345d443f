"""The children of a pool: what each is forked to do, and how a fresh one starts and ends.

Imports nothing of ours at load time: a pool that stands by must stay small.
"""

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import NoReturn

_PR_SET_PDEATHSIG = 1


def become(job: Callable[[], None], parent: int, *, not_ours: Iterable[int]) -> NoReturn:
    """In a fresh child: do the job, then end. `not_ours` are file descriptors of the parent alone."""
    code = 1
    try:
        for descriptor in not_ours:
            os.close(descriptor)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number in (signal.SIGTERM, signal.SIGINT):  # they are for the parent, which ends its children itself
            signal.signal(number, signal.SIG_IGN)
        _end_with(parent)
        job()
        code = 0
    except Exception as error:  # noqa: BLE001 - the log is where it can go
        _tell(error)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell(error: Exception) -> None:
    """One line when PostgreSQL went away, which the child's successor waits for; the stack of an unforeseen error."""
    from sqlalchemy.exc import DBAPIError

    from buster_jobs.packages.database.server.unavailable import is_away
    from buster_jobs.packages.errors import BusterError

    if not (is_away(error) or isinstance(error, BusterError)):
        traceback.print_exc()
        return
    sentence = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
    print(f"A process of the pool ends, and another takes its place: {sentence}", file=sys.stderr)


def _end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent is gone; where it cannot, the child looks now and then."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def load_code() -> list[Callable[[], None]]:
    """Import all that a run needs, and answer with the job of each child.

    While the code is broken there are only supervisor and recovery, which need no task: runs can still be cancelled,
    expire, and be told of.
    """
    from buster_jobs.packages.settings import get_settings

    jobs: list[Callable[[], None]] = []
    try:
        from buster_jobs.runtime.engine.supervision.recovery import recover
        from buster_jobs.runtime.engine.supervision.supervisor import supervise

        jobs += supervise, recover
        from buster_jobs.runtime.engine.workers.warm_up import load_everything
        from buster_jobs.runtime.engine.workers.worker import worker

        load_everything()
    except Exception:  # noqa: BLE001 - whatever an edit may have broken; the log is where it can go
        traceback.print_exc()
        print("The code cannot be loaded; runs wait until it is edited again.", file=sys.stderr, flush=True)
        return jobs
    slots = get_settings().worker_slots.items()
    return jobs + [worker(queues) for queues, number in slots for _ in range(number)]
