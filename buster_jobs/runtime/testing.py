"""`run_task`: a whole run of a task inside a test, with its real retries, records and step outputs, but no waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import dagster as dg
from pydantic import BaseModel

from buster_jobs.packages.database.runs.dead_letters import list_dead_letters
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.runs.letter_values import DeadLetter, LetterFilter
from buster_jobs.runtime.attempts.attempt_outcome import without_waiting


@dataclass(frozen=True, slots=True)
class TaskResult:
    """How a run ended. `output` is the task's result as JSON values; `error` is the failure's sentence.

    `success` is False when the run failed or the task rejected what it was asked to do. `dead_letter` is what a run
    leaves that finally failed.
    """

    success: bool
    output: Any
    attempts: int
    error: str | None
    dead_letter: DeadLetter | None
    job: Job
    run: dg.ExecuteInProcessResult


def run_task(task: dg.JobDefinition, payload: BaseModel | Mapping[str, Any]) -> TaskResult:
    """Run `task` in this process. Raises Dagster's config error for what `launchRun` would refuse."""
    raw = payload.model_dump(mode="json") if isinstance(payload, BaseModel) else dict(payload)
    with without_waiting():
        run = task.execute_in_process(run_config=raw, raise_on_error=False)
    job = get_job_by_run_id(run.run_id)
    letters = list_dead_letters(LetterFilter(ids=[run.run_id], state=None))
    return TaskResult(
        success=run.success and job.status == "completed",
        output=job.result,
        attempts=job.attempts,
        error=job.error,
        dead_letter=letters[0] if letters else None,
        job=job,
        run=run,
    )
