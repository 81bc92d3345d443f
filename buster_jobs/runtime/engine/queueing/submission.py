"""Submits a run: from its tags to its row in the queue."""

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.errors import InvalidInput, Unavailable
from buster_jobs.packages.sendable import check_trigger
from buster_jobs.runtime.engine.dagster.events import report_enqueued
from buster_jobs.runtime.engine.queueing.idempotency import key_holder
from buster_jobs.runtime.engine.queueing.placement import Placement, placement
from buster_jobs.runtime.target import target_of

_REASONS = {
    "blocked": "Waits until the runs before it with the same concurrency key have ended.",
    "delayed": "Waits until it is due: its tag buster/delay or buster/at says when.",
}


def submit(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRun:
    """Queue a run that has not started, and answer with it, or with the run that its idempotency key stands for.

    The run of such a duplicate trigger is removed. A second time changes nothing. Raises `InvalidInput` for tags that
    cannot be understood, and `Unavailable` when the run was removed meanwhile.
    """
    place = read_placement(run)  # before a key is claimed: says what is wrong with the tags
    holder = key_holder(instance, run, place)
    if holder == run.run_id:
        report_enqueued(instance, run)
        if reason := _REASONS.get(run_queue.enqueue(run.run_id, **place.entry)):
            instance.report_engine_event(reason, run)
    else:
        instance.delete_run(run.run_id)
    stored = instance.get_run_by_id(holder)
    if stored is None:  # a supervisor gave this trigger up, or the run that its key stands for was deleted
        raise Unavailable("The trigger's run was removed meanwhile: send it again.")
    return stored


def enqueue(run: dg.DagsterRun) -> run_queue.State:
    """Put a run's row into the queue; one that is there stays as it is. Raises as `read_placement` does."""
    return run_queue.enqueue(run.run_id, **read_placement(run).entry)


def read_placement(run: dg.DagsterRun) -> Placement:
    """The run's place in the queue. Raises `InvalidInput`, which names the tag or field that cannot be understood."""
    try:
        target = target_of(run)
    except ValueError:
        raise InvalidInput(f"Tag {run_tags.PAYLOAD} must be a JSON object.") from None
    check_trigger(run.tags, target.payload)
    return placement(run, target)
