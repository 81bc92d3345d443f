"""What callers see of runs while a storm rages: the first final status of each. The checks judge whether it stayed."""

import threading
from dataclasses import dataclass, field

from buster_jobs.packages.errors import BusterError
from buster_jobs_tests.chaos import ledger

_LOOK_SECONDS = 1.0
_FINAL = "SELECT run_id, status FROM public.runs WHERE status IN ('SUCCESS', 'FAILURE', 'CANCELED')"


@dataclass
class Callers:
    """`seen` has the first final status of each run."""

    seen: dict[str, str] = field(default_factory=dict[str, str])
    _over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Look until `stop`."""
        while not self._over.wait(_LOOK_SECONDS):
            try:
                found = ledger.rows(_FINAL)
            except BusterError:
                continue
            for row in found:
                self.seen.setdefault(row.run_id, row.status)

    def stop(self) -> None:
        """No more of it."""
        self._over.set()
