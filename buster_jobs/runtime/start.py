"""The door to the engine, for tasks and the command line: open the instance, submit a run, run one here.

Imports SQLAlchemy inside functions, because tasks import this module while the code location loads.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.retention.values import RunHistory
from buster_jobs.runtime.engine.dagster.runs import DEFINITIONS_MODULE, create_run, execute, open_instance
from buster_jobs.runtime.engine.workers.local_workers import pool_command

__all__ = [
    "DEFINITIONS_MODULE",
    "open_instance",
    "pool_command",
    "run_here",
    "run_history",
    "submit",
    "wait_until_warm",
    "workers_log",
]


def submit(
    instance: dg.DagsterInstance,
    name: str,
    payload: Mapping[str, Any],
    *,
    run_id: str,
    tags: Mapping[str, str],
    repeats: str | None = None,
    module: str = DEFINITIONS_MODULE,
) -> None:
    """Submit a run from inside, without a webserver. The same `run_id` a second time changes nothing.

    `name` is that of a job, or of assets as `task_name` gives it. `repeats` is the run that this one executes again:
    it takes that one's idempotency key over, if its tags have one. Raises `dg.DagsterInvalidConfigError` for a payload
    that `launchRun` would refuse, `dg.DagsterInvariantViolationError` when there is no such job or asset, and
    `KeyConflict` when the key stands for another run by now.
    """
    from buster_jobs.runtime.engine.queueing import submission
    from buster_jobs.runtime.engine.queueing.idempotency import KeyConflict

    run = instance.get_run_by_id(run_id)
    if run is None:
        _, run = create_run(name, payload, instance, module, run_id=run_id, tags=tags, repeats=repeats)
    if run.status is not dg.DagsterRunStatus.NOT_STARTED:
        if not run.is_finished:
            submission.enqueue(run)
        return
    try:
        chosen = submission.submit(instance, run)
    except InvalidInput:
        instance.delete_run(run.run_id)
        raise
    if chosen.run_id != run_id:
        raise KeyConflict(f"The idempotency key of run {run_id} stands for run {chosen.run_id} by now.")


def run_here(
    name: str,
    payload: Mapping[str, Any],
    instance: dg.DagsterInstance,
    on_start: Callable[[str], None] = lambda _run_id: None,
    *,
    tags: Mapping[str, str] | None = None,
    module: str = DEFINITIONS_MODULE,
) -> dg.DagsterRun:
    """Run a job, or assets, to the end in this process and answer with its run, whatever its outcome.

    It is a real run: recorded in Dagster's storage, and found in the UI. Call it in the main thread. When the process
    is killed, a worker goes on with the run. `on_start` gets the run's id before anything is executed; `tags` and
    `module` are those of `create_run`. Raises `dg.DagsterInvalidConfigError` for a payload that `launchRun` would
    refuse.
    """
    from buster_jobs.runtime.engine.workers.local_run import claimed_here

    job, run = create_run(name, payload, instance, module, tags=tags)
    on_start(run.run_id)
    with claimed_here(instance, run):
        execute(job, run, instance)
    finished = instance.get_run_by_id(run.run_id)
    if finished is None:
        raise RuntimeError(f"Run {run.run_id} has vanished from storage.")
    return finished


def run_history(instance: dg.DagsterInstance) -> RunHistory:
    """Dagster's own history of runs, for the clean-up."""
    from buster_jobs.runtime.engine.dagster.run_history import DagsterRunHistory

    return DagsterRunHistory(instance)


def wait_until_warm(seconds: float, note: Callable[[int, int], None]) -> bool:
    """Wait until each worker of this machine is warm, for so many seconds; `note` hears how many of how many."""
    from buster_jobs.runtime.engine.workers import warm_up

    return warm_up.wait_until_warm(seconds, note)


def workers_log() -> Path:
    """The file that this machine's workers print to."""
    from buster_jobs.runtime.engine.workers.folder import workers_folder

    return workers_folder() / "log"
