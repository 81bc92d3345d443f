"""Triggers accepted per second, each with an idempotency key: one at a time, from several threads, and in a batch.

Usage: python -m benchmarks.triggers [TRIGGERS [THREADS]]. The runs are delayed, so that accepting alone is measured.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

from benchmarks.report import report
from benchmarks.systems import OURS, embedded
from buster_jobs.client import BatchItem, Client

_DELAY = timedelta(hours=1)


def measure(triggers: int, threads: int) -> dict[str, dict[str, float | str]]:
    """Each way's figure, and how many times as many triggers as the first it gets accepted."""
    with embedded() as dev, Client(dev.url, location=OURS) as client:
        client.trigger("two_steps", {}, delay=_DELAY)
        names = [str(uuid4()) for _ in range(triggers)]
        ways: dict[str, Callable[[], None]] = {
            "one at a time": lambda: _one_by_one(client, names[: max(1, triggers // 5)], 1),
            f"from {threads} threads": lambda: _one_by_one(client, [f"{name}-threads" for name in names], threads),
            f"one batch of {triggers}": lambda: _batch(client, [f"{name}-batch" for name in names]),
            f"the same batch again: {triggers} duplicates": lambda: _batch(client, [f"{name}-batch" for name in names]),
            "one at a time, all one key": lambda: _one_by_one(client, [names[0]] * max(1, triggers // 5), 1),
        }
        numbers = [max(1, triggers // 5), triggers, triggers, triggers, max(1, triggers // 5)]
        rates = {name: number / _seconds(way) for (name, way), number in zip(ways.items(), numbers, strict=True)}
    baseline = next(iter(rates.values()))
    return {name: {"triggers/s": rate, "times as many": rate / baseline} for name, rate in rates.items()}


def _one_by_one(client: Client, keys: list[str], threads: int) -> None:
    def one(key: str) -> str:
        return client.trigger("two_steps", {}, idempotency_key=key, delay=_DELAY).run_id

    with ThreadPoolExecutor(threads) as pool:
        if len(set(pool.map(one, keys))) != len(set(keys)):
            raise RuntimeError("A key stands for more than one run.")


def _batch(client: Client, keys: list[str]) -> None:
    results = client.batch_trigger("two_steps", [BatchItem({}, key) for key in keys], delay=_DELAY)
    if len({result.handle.run_id for result in results if result.handle}) != len(keys):
        raise RuntimeError("Some of the batch was not accepted.")


def _seconds(action: Callable[[], None]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    report("triggers", measure(*(arguments + [1000, 8][len(arguments) :])))
