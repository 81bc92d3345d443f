"""What becomes of a run whose workers were lost, when it is not executed again. Not who notices that they were lost."""

import logging

import dagster as dg

from buster_jobs.packages import database
from buster_jobs.runtime.attempts.late_hooks import call_failure_hooks
from buster_jobs.runtime.engine.dagster.runs import load_job
from buster_jobs.runtime.engine.outcomes import end_as_lost
from buster_jobs.runtime.spec import Failure, TaskRun, is_task, task_spec


def may_restart(run: dg.DagsterRun) -> bool:
    """Whether the task is safe to be executed again, or nothing was lost that matters: no attempt was under way."""
    return not is_task(run.job_name) or task_spec(run.job_name).restart or not database.is_under_way(run.run_id)


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
        job = database.get_job_by_run_id(run.run_id)
        failure = Failure(TaskRun(run.run_id, run.job_name, job.attempts), "CRASH", message)
        call_failure_hooks(task_spec(run.job_name), run.run_config, failure, job.id)
