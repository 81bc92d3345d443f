"""One attempt at a step: what it works on, the record it holds, and the hooks around it. execution.py runs it."""

import os
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
from pydantic import BaseModel

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs.attempts import add_hook_error, done_steps
from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.attempts import job_record
from buster_jobs.runtime.attempts.job_record import Record
from buster_jobs.runtime.attempts.problem import Problem, describe
from buster_jobs.runtime.retry import NO_RETRY, Retry
from buster_jobs.runtime.spec import (
    RetryDecision,
    StepSpec,
    TaskCompletion,
    TaskFailure,
    TaskRun,
    TaskSpec,
    asset_spec,
    is_asset,
)
from buster_jobs.runtime.target import asset_names, is_asset_run, payload_of, task_name


@dataclass(slots=True)
class Attempt:
    """An attempt's state. `record` and `payload` are there once the attempt has begun.

    `seconds` is how long its function worked.
    """

    task: TaskSpec
    step: StepSpec
    context: dg.OpExecutionContext
    run: TaskRun = field(init=False)
    record: Record | None = None
    payload: BaseModel | None = None
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.run = TaskRun(self.context.run_id, task_name(self.context.run), attempt=0)

    @property
    def is_last_step(self) -> bool:
        """Whether the run has its outcome with this step: in a run of several assets, whichever is the last to end."""
        return self.step.name == self.task.result_step and not _others_left(self.context.run, self.step.name)

    @property
    def policy(self) -> Retry:
        """How often it may be tried."""
        if os.environ.get("DAGSTER_IS_DEV_CLI") and not get_settings().retries_enabled_in_dev:
            return NO_RETRY
        return self.step.retry or self.task.retry

    @property
    def is_asset(self) -> bool:
        """Whether the run materializes assets."""
        return is_asset_run(self.context.run)

    def received(self) -> Mapping[str, Any]:
        """The payload as it was sent, without what is only for other assets of the run."""
        sent = payload_of(self.context.run)
        others = {name for name in asset_names(self.context.run) if is_asset(name)} - {self.task.name}
        theirs = {field for name in others for field in asset_spec(name).payload.model_fields}
        theirs -= self.task.payload.model_fields.keys()
        return {name: value for name, value in sent.items() if name not in theirs}

    @contextmanager
    def timed(self) -> Generator[None]:
        """Measure how long the block takes."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds = time.monotonic() - started

    def begin(self) -> "Record | Job":
        """Count this attempt; or answer with the job, if the run has its outcome already."""
        stored = self.context.run
        begun = job_record.begin_attempt(self.run, self.step.name, payload_of(stored), stored.tags)
        if isinstance(begun, Record):
            self.record, self.run = begun, begun.run
        return begun

    def closing_record(self) -> Record:
        """The record, for closing: an attempt that did not get as far as beginning opens it."""
        stored = self.context.run
        return self.record or job_record.open_record(self.run, payload_of(stored), stored.tags)

    def end(self, problem: Problem) -> None:
        """Record that this attempt failed and the run goes on."""
        record = self.record
        if record:
            self.note(lambda: job_record.end_attempt(record, problem))

    def fail(self, problem: Problem) -> bool:
        """Record that the run failed with this attempt. False when that could not be recorded."""
        return self.note(lambda: job_record.fail(self.closing_record(), problem))

    def tag(self, error_code: str | None = None) -> None:
        """Let the UI find runs that failed or were tried again. The others, of which there are many, cost nothing."""
        tags = {run_tags.ERROR_CODE: error_code} if error_code else {}
        if self.run.attempt > 1:
            tags[run_tags.ATTEMPTS] = str(self.run.attempt)
        if tags:
            self.note(lambda: self.context.instance.add_run_tags(self.run.run_id, tags))

    def before(self, record: Record) -> None:
        """Call the hooks whose errors fail the attempt."""
        if record.begun and record.begun.fence == 1 and "on_start" in self.task.hooks:
            self.task.hooks["on_start"](self.payload, self.run)
        if record.begun and not record.begun.resumed and "on_attempt" in self.task.hooks:
            self.task.hooks["on_attempt"](self.payload, self.run)

    def caught(self, failure: TaskFailure) -> RetryDecision:
        """What `catch_error` decides; without it, or when it breaks, nothing special."""
        hook = self.task.hooks.get("catch_error")
        decision = self._hook("catch_error", lambda: hook(self.payload, failure)) if hook else None
        return decision if isinstance(decision, RetryDecision) else RetryDecision()

    def succeeded(self, result: Any) -> None:
        """Call the hooks of a run that completed."""
        hook = self.task.hooks.get("on_success")
        if hook:
            self._hook("on_success", lambda: hook(self.payload, result, self.run))
        self.completed(TaskCompletion(self.run, "completed", result=result))

    def failed(self, failure: TaskFailure) -> None:
        """Call the hooks of a run whose last attempt failed."""
        hook = self.task.hooks.get("on_failure")
        if hook:
            self._hook("on_failure", lambda: hook(self.payload, failure))
        self.completed(TaskCompletion(self.run, "failed", failure=failure))

    def completed(self, completion: TaskCompletion) -> None:
        """Call the hook that every run has that got as far as beginning."""
        hook = self.task.hooks.get("on_complete")
        if hook:
            self._hook("on_complete", lambda: hook(self.payload, completion))

    def note(self, action: Callable[[], object]) -> bool:
        """Do what must not change the outcome; an error in it is logged. False when there was one."""
        try:
            action()
        except Exception as error:  # noqa: BLE001 - the outcome is decided, whatever fails while it is recorded
            self.context.log.error(f"While recording the outcome: {describe(error).stack}")  # noqa: TRY400 - redacted
            return False
        return True

    def _hook(self, name: str, call: Callable[[], object]) -> object:
        if self.payload is None:
            return None
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - recorded; the outcome is decided
            problem = describe(error)
            self.context.log.error(f"The hook {name} failed: {problem.stack}")  # noqa: TRY400 - redacted
            record = self.record
            if record:
                self.note(lambda: add_hook_error(record.job_id, f"{name}: {problem.message}"))
            return None


def _others_left(run: dg.DagsterRun, step: str) -> bool:
    others = {name for name in asset_names(run) if is_asset(name)} - {step}
    return bool(others) and not others <= done_steps(run.run_id)
