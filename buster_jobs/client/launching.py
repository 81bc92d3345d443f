"""Starts runs, one or many: sends triggers to the webserver, and answers with a handle or an error for each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any

from buster_jobs.client.catalog import Catalog
from buster_jobs.client.errors import (
    IdempotencyConflict,
    InvalidPayload,
    TriggerRefused,
    UnknownTask,
    WebserverError,
    WebserverUnavailable,
)
from buster_jobs.client.graphql import GraphQL
from buster_jobs.client.payloads import field_sentence
from buster_jobs.client.queries import LAUNCH
from buster_jobs.client.triggers import Trigger, new_trigger
from buster_jobs.client.values import BatchItem, BatchResult, Payload, RunHandle
from buster_jobs.packages.errors import BusterError

_GROUP = 25
"""Triggers in one request: the webserver takes about a second for 25."""
_GROUPS_AT_ONCE = 4
"""Requests at once. 4 start twice as many runs a second as 1, because the webserver waits for its code location."""

_REASONS = {
    "RUNTIME_TYPE_MISMATCH": "is of a wrong type",
    "MISSING_REQUIRED_FIELD": "is required",
    "MISSING_REQUIRED_FIELDS": "is required",
    "FIELD_NOT_DEFINED": "is unknown",
    "FIELDS_NOT_DEFINED": "is unknown",
}


class _TryAgain(WebserverUnavailable):
    """The webserver, or its database, cannot start the run now."""


@dataclass(frozen=True)
class Launcher:
    """Starts runs of one code location's tasks."""

    graphql: GraphQL
    repository: Mapping[str, str]

    def launch(self, triggers: Sequence[Trigger]) -> Iterator[RunHandle | BusterError]:
        """A handle or an error for each trigger, in order. Raises nothing: an unsent group has its error."""
        groups = [triggers[start : start + _GROUP] for start in range(0, len(triggers), _GROUP)]
        if len(groups) < 2:
            return chain.from_iterable(map(self._launch_group, groups))
        with ThreadPoolExecutor(min(_GROUPS_AT_ONCE, len(groups))) as threads:
            return chain.from_iterable(threads.map(self._launch_group, groups))

    def _launch_group(self, group: Sequence[Trigger]) -> list[RunHandle | BusterError]:
        """Sends again what the webserver could not start now: idempotency keys prevent a second run."""
        outcomes = self._outcomes(group)
        for attempt in range(1, self.graphql.attempts):
            again = [index for index, outcome in enumerate(outcomes) if isinstance(outcome, _TryAgain)]
            if not again:
                break
            self.graphql.pause(attempt)
            for index, outcome in zip(again, self._outcomes([group[index] for index in again]), strict=True):
                outcomes[index] = outcome
        return outcomes

    def _outcomes(self, group: Sequence[Trigger]) -> list[RunHandle | BusterError]:
        try:
            answers = self._send(group)
        except BusterError as error:
            return [error] * len(group)
        return list(map(_outcome, group, answers))

    def _send(self, group: Sequence[Trigger]) -> list[Mapping[str, Any]]:
        params = [trigger.execution_params(self.repository) for trigger in group]
        answer = self.graphql.ask(LAUNCH, all=params)["launchMultipleRuns"]
        if answer["__typename"] != "LaunchMultipleRunsResult":
            raise WebserverError("The webserver failed while it started runs: its log says why.")
        return answer["launchMultipleRunsResult"]


def launch_batch(
    launcher: Launcher,
    catalog: Catalog,
    task: str,
    items: Iterable[Payload | BatchItem],
    tags: Mapping[str, str],
) -> list[BatchResult]:
    """One result for each item, in order: what is wrong with one item is that item's error."""
    results: dict[int, BatchResult] = {}
    ready: dict[int, Trigger] = {}
    for index, given in enumerate(items):
        item = given if isinstance(given, BatchItem) else BatchItem(given)
        try:
            ready[index] = new_trigger(task, catalog.check(task, item.payload), item.idempotency_key, tags)
        except BusterError as error:
            results[index] = BatchResult(index, item.idempotency_key, error=error)
    outcomes = launcher.launch(list(ready.values()))
    for (index, trigger), outcome in zip(ready.items(), outcomes, strict=True):
        key = trigger.idempotency_key
        if isinstance(outcome, BusterError):
            results[index] = BatchResult(index, key, error=outcome)
        else:
            results[index] = BatchResult(index, key, handle=outcome)
    return [results[index] for index in sorted(results)]


def _outcome(trigger: Trigger, answer: Mapping[str, Any]) -> RunHandle | BusterError:
    kind = answer["__typename"]
    if kind == "LaunchRunSuccess":
        return RunHandle(answer["run"]["runId"], trigger.task, trigger.idempotency_key)
    if kind == "RunConfigValidationInvalid":
        return InvalidPayload(" ".join(_sentence(error) for error in answer["errors"]))
    if kind == "PipelineNotFoundError":
        return UnknownTask(f"There is no task {trigger.task!r} any more.")
    if kind == "PythonError":
        return _refusal(answer["className"], answer["message"])
    return WebserverError(f"The webserver did not start {trigger.task}: {kind}. Its log may say more.")


def _refusal(name: str, message: str) -> BusterError:
    if name == "KeyConflict":
        return IdempotencyConflict(message)
    if name in ("InvalidInput", "NotFound"):
        return TriggerRefused(message)
    if name in ("Unavailable", "DatabaseUnavailable"):
        return _TryAgain("The webserver, or its database, cannot start runs now: trigger again with the same key.")
    # Other errors' messages may repeat the payload.
    return WebserverError(f"The webserver failed with {name} while it started the run: its log says why.")


def _sentence(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error["path"]]
    names = error.get("fieldNames") or [field["name"] for field in error.get("fields", ())]
    if not names and (name := error.get("fieldName") or error.get("field", {}).get("name")):
        names = [name]
    what = _REASONS.get(error["reason"], "is not valid")
    return " ".join(field_sentence([*place, *more], what) for more in ([[name] for name in names] or [[]]))
