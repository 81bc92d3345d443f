"""Runs of the failing location, for tests: made, accepted, worked on."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.runtime.engine.dagster.runs import create_run
from buster_jobs.runtime.engine.queueing.submission import enqueue, submit
from buster_jobs.runtime.engine.supervision.dead_letter_sweep import sweep_dead_letters
from buster_jobs.runtime.engine.workers.worker import Worker
from buster_jobs.runtime.start import open_instance
from buster_jobs_tests.runtime.support import failing_location as location


@contextmanager
def fresh_instance() -> Generator[dg.DagsterInstance]:
    """Without a run of an earlier test."""
    location.executed.clear()
    location.repaired.clear()
    with open_instance() as instance:
        instance.wipe()
        yield instance


def new_run(
    instance: dg.DagsterInstance, payload: dict[str, Any] | None = None, tags: dict[str, str] | None = None
) -> dg.DagsterRun:
    return create_run("failing", payload or {}, instance, location.__name__, tags=tags)[1]


def start(instance: dg.DagsterInstance, **payload: Any) -> str:
    run = new_run(instance, payload)
    enqueue(run)
    return run.run_id


def start_with_key(instance: dg.DagsterInstance, key: str, **tags: str) -> str:
    """What a coordinator does with a trigger that has an idempotency key."""
    return submit(instance, new_run(instance, tags={run_tags.IDEMPOTENCY_KEY: key} | tags)).run_id


def work_all(instance: dg.DagsterInstance) -> None:
    """What a worker does until the queue is empty."""
    while claim := run_queue.claim("test/1/1", ["default"]):
        Worker(["default"], "test/1/1").work(claim, instance)


def sweep(instance: dg.DagsterInstance, *, batch: int = 500, ahead: timedelta = timedelta(0)) -> int:
    """What the recovery does now and then, its host's clock so much ahead."""
    return sweep_dead_letters(instance, batch=batch, settled=-ahead)
