"""What every task gets without asking: payload validation, attempts and delays, job record, test runner."""

from buster_jobs.runtime.asset import asset
from buster_jobs.runtime.checks import asset_checks
from buster_jobs.runtime.retry import Retry
from buster_jobs.runtime.spec import Completion, Decision, Failure, TaskRun
from buster_jobs.runtime.task import step, task, workflow
from buster_jobs.runtime.waiting import wait_for

__all__ = [
    "Completion",
    "Decision",
    "Failure",
    "Retry",
    "TaskRun",
    "asset",
    "asset_checks",
    "step",
    "task",
    "wait_for",
    "workflow",
]
