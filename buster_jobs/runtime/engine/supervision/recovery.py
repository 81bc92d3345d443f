"""The recovery process: delivers alerts to operators and sweeps for dead letters.

It runs beside the supervisor, so that a mail server that does not answer delays no run. Several may run at once.
"""

import logging
import os
import signal
import time

from sqlalchemy.exc import DBAPIError

from buster_jobs.packages.database.runs.alerts import CHANNEL
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.ops.alerts import deliver_pending
from buster_jobs.runtime.engine.dagster.runs import open_instance
from buster_jobs.runtime.engine.supervision.dead_letter_sweep import sweep_dead_letters, sweep_unclosed
from buster_jobs.runtime.engine.supervision.isolation import contain_errors
from buster_jobs.runtime.engine.wakeup import AWAY_SECONDS, Wakeup
from buster_jobs.runtime.process_names import name_process

_PAUSE = 4.0
_SWEEP_SECONDS = 10.0
_NET_SECONDS = 60.0


def recover() -> None:
    """The loop of the recovery process. It keeps its old code until the pool has loaded the new."""
    name_process("buster recovery")
    wakeup, parent, next_sweep, next_net = Wakeup(CHANNEL), os.getppid(), 0.0, 0.0
    wakeup.stop_at(signal.SIGUSR1)
    with open_instance() as instance:
        while not wakeup.stopped and os.getppid() == parent:
            try:
                wakeup.listen()
                if time.monotonic() >= next_sweep:
                    with contain_errors("sweeping"):
                        sweep_dead_letters(instance)
                    next_sweep = time.monotonic() + _SWEEP_SECONDS
                if time.monotonic() >= next_net:
                    with contain_errors("sweeping what stayed open"):
                        sweep_unclosed(instance)
                    next_net = time.monotonic() + _NET_SECONDS
                with contain_errors("telling operators"):
                    deliver_pending()
                wakeup.wait(_PAUSE)
            except (BusterError, DBAPIError) as error:
                logging.getLogger(__name__).warning("Recovery: %s", error)
                time.sleep(AWAY_SECONDS)
