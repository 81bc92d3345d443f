"""The client: one object for a whole app, safe to share between threads."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self, Unpack

from buster_jobs.client.catalog import Catalog
from buster_jobs.client.connections import Connections
from buster_jobs.client.errors import RunNotFound, WaitTimedOut, WebserverError
from buster_jobs.client.graphql import GraphQL
from buster_jobs.client.launching import Launcher, launch_batch
from buster_jobs.client.outcome import FINAL, REPLAY_TASK, replay_from, run_from
from buster_jobs.client.queries import CANCEL, RUN, STATUS
from buster_jobs.client.triggers import TriggerOptions, new_trigger, option_tags
from buster_jobs.client.values import BatchItem, BatchResult, Payload, Run, RunHandle
from buster_jobs.packages.errors import BusterError

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0
_STARTING_PAUSES = 10


class Client:
    """Triggers tasks and retrieves their runs, over the GraphQL API of a Dagster webserver at `url`.

    `headers` go with every request, for a proxy that authenticates callers. `timeout` is in seconds, for each attempt
    of a request; a request without an answer is sent again, `attempts` times in all, and never starts a second run.
    `sleep` waits between attempts. Every method raises `WebserverUnavailable` when all attempts went unanswered, and
    `WebserverError` for an answer that it cannot use.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:3000",
        *,
        location: str = "buster_jobs",
        headers: Mapping[str, str] | None = None,
        timeout: float = 30.0,
        attempts: int = 5,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connections = Connections(url, headers or {}, timeout)
        self._graphql = GraphQL(self._connections, attempts, sleep)
        repository = {"repositoryLocationName": location, "repositoryName": "__repository__"}
        self._launcher = Launcher(self._graphql, repository)
        self._catalog = Catalog(self._graphql, repository)

    def trigger(
        self, task: str, payload: Payload, *, idempotency_key: str | None = None, **options: Unpack[TriggerOptions]
    ) -> RunHandle:
        """Start a run of `task`, or find the one that `idempotency_key` names; `options` are those of `TriggerOptions`.

        A key names one run of its task, until that fails. Raises `UnknownTask`, `InvalidPayload`,
        `IdempotencyConflict` when the key was used with another payload, `InvalidInput` or `TriggerRefused` for a key
        or options that are not valid.
        """
        tags = option_tags(options)
        trigger = new_trigger(task, self._catalog.check(task, payload), idempotency_key, tags)
        (outcome,) = self._launcher.launch([trigger])
        if isinstance(outcome, BusterError):
            raise outcome
        return outcome

    def trigger_and_wait(
        self,
        task: str,
        payload: Payload,
        *,
        timeout: float | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[TriggerOptions],
    ) -> Run:
        """`trigger`, then `wait`."""
        handle = self.trigger(task, payload, idempotency_key=idempotency_key, **options)
        return self.wait(handle.run_id, timeout=timeout)

    def batch_trigger(
        self, task: str, items: Iterable[Payload | BatchItem], **options: Unpack[TriggerOptions]
    ) -> list[BatchResult]:
        """Start a run for each payload; returns one result for each, in order, a handle or an error.

        Items are sent in groups. If the webserver becomes unavailable in between, the rest have that error: trigger
        those again with the keys in their results, and no run starts twice. Raises only `InvalidInput`, for options.
        """
        return launch_batch(self._launcher, self._catalog, task, items, option_tags(options))

    def wait(self, run_id: str, *, timeout: float | None = None) -> Run:
        """The run, once it has ended. Raises `WaitTimedOut` after `timeout` seconds, and `RunNotFound`."""
        end = None if timeout is None else time.monotonic() + timeout
        pause = _SHORTEST_PAUSE
        while self._ask_run(STATUS, run_id)["status"] not in FINAL:
            if end is not None and time.monotonic() + pause > end:
                raise WaitTimedOut(f"Run {run_id} has not ended within {timeout:g} s: it goes on, so ask again later.")
            self._graphql.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        return self.retrieve(run_id)

    def retrieve(self, run_id: str) -> Run:
        """The run as it is now. Raises `RunNotFound`."""
        answer = self._ask_run(RUN, run_id)
        return run_from(answer, self._events(run_id, answer))

    def cancel(self, run_id: str) -> bool:
        """Cancel a run, which takes seconds. Returns False if it had already ended. Raises `RunNotFound`."""
        kind = ""
        for _ in range(_STARTING_PAUSES):
            kind = self._graphql.ask(CANCEL, id=run_id)["terminateRun"]["__typename"]
            if kind == "TerminateRunSuccess":
                return True
            if kind == "RunNotFoundError":
                raise _not_found(run_id)
            if self._ask_run(STATUS, run_id)["status"] in FINAL:
                return False
            self._graphql.sleep(_LONGEST_PAUSE)  # Dagster cannot cancel a run while it is being started
        raise WebserverError(f"The webserver did not cancel run {run_id}: {kind}. Its log may say more.")

    def replay(self, id: str, *, timeout: float | None = 60.0) -> Run:
        """Run again what failed for good: `id` is the failed run's, or its dead letter's. Returns the new run.

        A dead letter is replayed once: a second call returns the same run. Raises `RunNotFound` when there is no such
        letter, or it was discarded, `ReplayRefused` when it cannot run again, and `WaitTimedOut` when the task that
        replays has not ended within `timeout` seconds.
        """
        payload = {"ids": [id], "dry_run": False, "requested_by": "client"}
        done = self.trigger_and_wait(REPLAY_TASK, payload, timeout=timeout)
        return self.retrieve(replay_from(done, id))

    def tasks(self) -> list[str]:
        """The names of the tasks that can be triggered."""
        return self._catalog.tasks()

    def close(self) -> None:
        """Close the idle connections."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self._connections.server})"

    def _ask_run(self, query: str, run_id: str, after: str | None = None) -> Any:
        more = {} if after is None else {"after": after}
        answer = self._graphql.ask(query, id=run_id, **more)["runOrError"]
        if answer["__typename"] == "RunNotFoundError":
            raise _not_found(run_id)
        if answer["__typename"] != "Run":
            raise WebserverError(f"The webserver failed while it looked for run {run_id}: its log says why.")
        return answer

    def _events(self, run_id: str, answer: Any) -> Iterator[Any]:
        while True:
            page = answer["eventConnection"]
            yield from page["events"]
            if not page["hasMore"]:
                return
            answer = self._ask_run(RUN, run_id, page["cursor"])


def _not_found(run_id: str) -> RunNotFound:
    return RunNotFound(f"There is no run {run_id}: check the id, or whether its record is still kept.")
