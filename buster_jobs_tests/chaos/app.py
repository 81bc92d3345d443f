"""The app that triggers: from several threads, through the client, until each trigger is accepted."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from buster_jobs.client import Client
from buster_jobs.packages.errors import BusterError
from buster_jobs_tests.chaos.plan import Planned

_THREADS = 6
_PAUSE = 0.5


@dataclass
class App:
    """`accepted` has each trigger that got a handle, with its run's id; `errors` counts what the client raised."""

    client: Client
    accepted: list[tuple[Planned, str]] = field(default_factory=list[tuple[Planned, str]])
    errors: Counter[str] = field(default_factory=Counter[str])
    gave_up: threading.Event = field(default_factory=threading.Event)

    def trigger_all(self, plan: Sequence[Planned], seconds: float) -> None:
        """Trigger the whole plan within so many seconds, or as soon as it can be; returns when all are accepted."""
        began = time.monotonic()
        with ThreadPoolExecutor(_THREADS) as triggering, ThreadPoolExecutor(_THREADS) as canceling:
            try:
                for one in plan:
                    self.gave_up.wait(max(0.0, began + one.at * seconds - time.monotonic()))
                    triggering.submit(self._trigger, one, canceling)
                triggering.shutdown()
            except KeyboardInterrupt:
                self.gave_up.set()
                raise

    def _trigger(self, one: Planned, canceling: ThreadPoolExecutor) -> None:
        while not self.gave_up.is_set():
            try:
                handle = self.client.trigger(one.task, one.payload, idempotency_key=one.key, **one.wishes)
            except BusterError as error:
                self.errors[f"{type(error).__name__}: {error.message}"] += 1
                self.gave_up.wait(_PAUSE)
            else:
                self.accepted.append((one, handle.run_id))
                if one.cancel_after is not None:
                    canceling.submit(self._cancel, handle.run_id, one.cancel_after)
                return

    def _cancel(self, run_id: str, after: float) -> None:
        self.gave_up.wait(after)
        while not self.gave_up.is_set():
            try:
                self.client.cancel(run_id)
            except BusterError as error:
                self.errors[f"{type(error).__name__} at cancel: {error.message}"] += 1
                self.gave_up.wait(_PAUSE)
            else:
                return
