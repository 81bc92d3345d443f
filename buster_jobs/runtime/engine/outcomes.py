"""Ends a run from outside its process: in the job record and in Dagster's storage, in that order.

A process that dies in between leaves an unfinished run, which the next supervisor ends again.
"""

import logging
from datetime import UTC, datetime, timedelta

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.attempts import end_by_force, is_under_way
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.errors import TimedOut
from buster_jobs.runtime.attempts import job_record
from buster_jobs.runtime.attempts.job_record import Record
from buster_jobs.runtime.attempts.late_hooks import call_failure_hooks
from buster_jobs.runtime.attempts.problem import Problem
from buster_jobs.runtime.attempts.watchdog import KILLED
from buster_jobs.runtime.engine.dagster.events import report_suspended
from buster_jobs.runtime.engine.dagster.runs import load_job
from buster_jobs.runtime.engine.lease import check_lease
from buster_jobs.runtime.spec import TaskFailure, TaskRun, is_task, task_spec
from buster_jobs.runtime.target import payload_of, task_name


def end_as_canceled(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """The run was cancelled, and its process has ended or never began."""
    job_record.cancel(_record(run))
    instance.report_run_canceled(run)


def end_as_expired(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """The run could not start before its time limit. To Dagster that is a failure; a tag says which."""
    instance.add_run_tags(run.run_id, {run_tags.OUTCOME: "expired"})
    job_record.expire(_record(run))
    instance.report_run_failed(run, "The run expired: it could not start before its time limit.")


def end_as_lost(instance: dg.DagsterInstance, run: dg.DagsterRun, message: str) -> bool:
    """The run's worker was lost, and the run is not tried again. False when it had an outcome already."""
    check_lease(run.run_id)
    closed = job_record.fail(_record(run), Problem("CRASH", message, "crash"))
    instance.report_run_failed(run, message)
    return closed


def note_killed_attempt(run: dg.DagsterRun, worker: str, *, seen: datetime | None = None) -> None:
    """An attempt of `worker` passed its deadline in a call that could not be interrupted, so its process was killed.

    The worker that gets the run next handles it like any failed attempt: it knows the task. Nothing, when
    `worker` has beaten since `seen`.
    """
    end_by_force(run.run_id, worker=worker, error_code=TimedOut.code, error=KILLED, seen=seen)


def end_as_broken(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """The code that the run belongs to cannot be loaded."""
    check_lease(run.run_id)
    message = "The code of the job could not be loaded; see the event before this one."
    job_record.fail(_record(run), Problem("CODE", message, "exception"))
    instance.report_run_failed(run, message)


def suspend(instance: dg.DagsterInstance, run_id: str, step_key: str, seconds: float) -> None:
    """The run waits without a worker. To Dagster it is queued; a tag, an event and the job record say until when."""
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")
    instance.add_run_tags(run_id, {run_tags.SUSPENDED_UNTIL: until})
    message = f"Suspended until {until}; step {step_key} goes on then. No worker is held."
    report_suspended(instance, run, message)
    job_record.suspend(_record(run))


def may_restart(run: dg.DagsterRun) -> bool:
    """Whether the task is safe to be executed again, or nothing was lost that matters: no attempt was under way."""
    return not is_task(run.job_name) or task_spec(run.job_name).restart or not is_under_way(run.run_id)


def give_up(instance: dg.DagsterInstance, run: dg.DagsterRun, message: str) -> None:
    """End the run as failed, with its dead letter, and then call its task's hooks.

    In this order, because the code of such a run may end this process too.
    """
    if not end_as_lost(instance, run, message):
        return
    try:
        load_job(run).get_definition()
    except Exception:
        logging.getLogger(__name__).exception("No hook of run %s is called: its code cannot be loaded.", run.run_id)
        return
    if is_task(run.job_name):
        job = get_job_by_run_id(run.run_id)
        failure = TaskFailure(TaskRun(run.run_id, run.job_name, job.attempts), "CRASH", message)
        call_failure_hooks(task_spec(run.job_name), run.run_config, failure, job.id)


def _record(run: dg.DagsterRun) -> Record:
    return job_record.open_record(TaskRun(run.run_id, task_name(run), attempt=0), payload_of(run), run.tags)
