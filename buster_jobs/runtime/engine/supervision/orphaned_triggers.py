"""Triggers and cancellations that were cut off: their webserver ended between Dagster's storage and our queue."""

from datetime import timedelta

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.idempotency import claim_key, forget_expired_keys
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.outcomes import end_as_canceled
from buster_jobs.runtime.engine.queueing.idempotency import key_claim
from buster_jobs.runtime.engine.queueing.submission import enqueue, read_placement, submit
from buster_jobs.runtime.engine.supervision import disagreements
from buster_jobs.runtime.engine.supervision.isolation import contain_errors
from buster_jobs.runtime.target import is_asset_run

_ORPHANED = timedelta(seconds=30)
"""Longer than any coordinator takes from a run's creation to its place in the queue."""


def submit_orphaned_triggers(instance: dg.DagsterInstance, *, age: timedelta = _ORPHANED) -> None:
    """Submit runs with an idempotency key whose trigger got no answer, and forget expired keys.

    Such a run is queued if its key is free or its own. Else its caller has triggered again with that key, and the run
    is removed like any duplicate.
    """
    forget_expired_keys()
    for run_id in disagreements.unsubmitted(age):
        with contain_errors(run_id):
            run = instance.get_run_by_id(run_id)
            if run is not None and run.status is dg.DagsterRunStatus.NOT_STARTED and _is_complete(run):
                _submit(instance, run)


def finish_orphaned_runs(instance: dg.DagsterInstance, *, age: timedelta) -> None:
    """Queue accepted runs that have no row in the queue, and end cancelled ones."""
    for run_id in disagreements.unqueued(age):
        with contain_errors(run_id):
            run = instance.get_run_by_id(run_id)
            if run and run.status is dg.DagsterRunStatus.CANCELING:
                end_as_canceled(instance, run)
            elif run and not run.is_finished:
                _enqueue(instance, run)


def _is_complete(run: dg.DagsterRun) -> bool:
    """Whether the run has a key and all its tags. A run of assets has them from its coordinator, always a queue."""
    return run_tags.IDEMPOTENCY_KEY in run.tags and (not is_asset_run(run) or run_tags.QUEUE in run.tags)


def _submit(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    try:
        claim = key_claim(run, read_placement(run))
        if claim is None or claim_key(claim).run_id == run.run_id:
            submit(instance, run)
        else:
            instance.delete_run(run.run_id)
    except InvalidInput as error:
        instance.report_run_failed(run, error.message)


def _enqueue(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    try:
        enqueue(run)
    except InvalidInput as error:
        instance.report_run_failed(run, error.message)
