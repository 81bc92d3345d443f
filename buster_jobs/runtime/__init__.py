"""What every task gets without asking: payload validation, attempts and delays, job record, test runner."""

from buster_jobs.runtime.asset import asset
from buster_jobs.runtime.checks import asset_checks
from buster_jobs.runtime.retry import Retry
from buster_jobs.runtime.spec import RetryDecision, TaskCompletion, TaskFailure, TaskRun
from buster_jobs.runtime.task import step, task, workflow
from buster_jobs.runtime.waiting import wait_for

__all__ = [
    "Retry",
    "RetryDecision",
    "TaskCompletion",
    "TaskFailure",
    "TaskRun",
    "asset",
    "asset_checks",
    "step",
    "task",
    "wait_for",
    "workflow",
]
