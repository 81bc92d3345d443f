"""Executes one claimed run in this process, to its end or its next wait. worker.py claims it."""

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.run_queue import Claim
from buster_jobs.runtime.engine.dagster.event_batch import BATCH
from buster_jobs.runtime.engine.dagster.events import report_load_error, report_starting
from buster_jobs.runtime.engine.dagster.runs import load_job
from buster_jobs.runtime.engine.dagster.steps import Suspension, execute_steps
from buster_jobs.runtime.engine.outcomes import end_as_broken, end_as_canceled, give_up, may_restart
from buster_jobs.runtime.waiting import attended

MAX_DELIVERIES = 3
"""How often a run is handed to a worker. After that the run itself counts as what loses its workers."""


def deliver(claim: Claim, instance: dg.DagsterInstance) -> Suspension | None:
    """Execute the run until it has ended, or has to wait. Raises when that could not be recorded."""
    run = instance.get_run_by_id(claim.run_id)
    if run is None or run.is_finished:
        return None
    if claim.canceled or run.status is dg.DagsterRunStatus.CANCELING:
        end_as_canceled(instance, run)
        return None
    if claim.delivery > MAX_DELIVERIES:
        give_up(instance, run, f"The run's worker was lost {MAX_DELIVERIES} times; it is not tried again.")
        return None
    return _execute(run, claim, instance)


def _execute(run: dg.DagsterRun, claim: Claim, instance: dg.DagsterInstance) -> Suspension | None:
    try:
        job = load_job(run)
        job.get_definition()
    except Exception:  # noqa: BLE001 - whatever the code's author did wrong
        report_load_error(instance, run)
        end_as_broken(instance, run)
        return None
    if claim.delivery > 1 and not may_restart(run):
        give_up(instance, run, "The run's worker was lost during an attempt, and the task is not to be restarted.")
        return None
    # Tags are written by the first suspension, events by the first execution: either means that there is some progress.
    goes_on = claim.delivery > 1 or run_tags.SUSPENDED_UNTIL in run.tags
    with attended(), BATCH.opened():
        return execute_steps(job, _as_starting(run, claim, instance), instance, goes_on=goes_on)


def _as_starting(run: dg.DagsterRun, claim: Claim, instance: dg.DagsterInstance) -> dg.DagsterRun:
    """Dagster executes only what is about to start: neither what waits, nor what another worker has left behind."""
    if run.status is dg.DagsterRunStatus.STARTING:
        return run
    message = (
        None if claim.delivery == 1 else f"Its last worker did not get through: this is delivery {claim.delivery}."
    )
    report_starting(instance, run, message)
    return instance.get_run_by_id(run.run_id) or run
