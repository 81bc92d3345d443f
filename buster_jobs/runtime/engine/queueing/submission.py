"""Submits a run: from its tags to its row in the queue."""

import dagster as dg

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.errors import Unavailable
from buster_jobs.runtime.engine.dagster.events import report_enqueued
from buster_jobs.runtime.engine.queueing.idempotency import run_for_key
from buster_jobs.runtime.engine.queueing.placement import Placement, placement
from buster_jobs.runtime.target import task_name

_REASONS = {
    "blocked": "Waits until the runs before it with the same concurrency key have ended.",
    "delayed": "Waits until it is due: its tag buster/delay or buster/at says when.",
}


def submit(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRun:
    """Queue a run that has not started, and answer with it, or with the run that its idempotency key stands for.

    The run of such a duplicate trigger is removed. Raises `InvalidInput` for tags that cannot be understood, and
    `Unavailable` when the run was removed meanwhile.
    """
    place = placement(run)  # before a key is claimed: says what is wrong with the tags
    chosen = run_for_key(instance, run)
    if chosen.run_id == run.run_id:
        return submit_placed(instance, run, place)
    instance.delete_run(run.run_id)
    return chosen


def submit_placed(instance: dg.DagsterInstance, run: dg.DagsterRun, place: Placement) -> dg.DagsterRun:
    """Queue a run whose key is its own, and answer with it as it is then. A second time changes nothing."""
    report_enqueued(instance, run)
    if reason := _REASONS.get(enqueue(run, place)):
        instance.report_engine_event(reason, run)
    stored = instance.get_run_by_id(run.run_id)
    if stored is None:  # this process was held up so long that a supervisor has given the trigger up
        raise Unavailable("The trigger took too long and was given up: send it again.")
    return stored


def enqueue(run: dg.DagsterRun, place: Placement | None = None) -> run_queue.State:
    """Put a run's row into the queue; one that is there stays as it is. Raises `InvalidInput` like `placement`."""
    place = place or placement(run)
    return run_queue.enqueue(
        run.run_id,
        task_name(run),
        queue=place.queue,
        priority=place.priority,
        concurrency=place.concurrency,
        due_at=place.due_at,
        expires_at=place.expires_at,
    )
