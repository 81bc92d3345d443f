"""Many triggers of one task in one call: what is wrong with one of them is its own result."""

from collections.abc import Iterable, Mapping

from buster_jobs.client.catalog import Catalog
from buster_jobs.client.launching import Launcher
from buster_jobs.client.triggers import Trigger, new_trigger
from buster_jobs.client.values import BatchItem, BatchResult, Payload
from buster_jobs.packages.errors import BusterError


def batch_results(
    launcher: Launcher,
    catalog: Catalog,
    task: str,
    items: Iterable[Payload | BatchItem],
    tags: Mapping[str, str],
) -> list[BatchResult]:
    """One result for each item, in order."""
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
