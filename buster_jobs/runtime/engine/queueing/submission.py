"""Puts a run into the queue from inside, without a webserver: for runs that the system starts itself."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.dagster.runs import DEFINITIONS_MODULE, create_run
from buster_jobs.runtime.engine.queueing.idempotency import run_for_key
from buster_jobs.runtime.engine.queueing.placement import accept, put_into_queue


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
    """Have the run executed. The same `run_id` a second time changes nothing, whatever became of the first time.

    `repeats` is the run that this one executes again: it takes that one's idempotency key over, if its tags have one.
    Raises `dg.DagsterInvalidConfigError` for a payload that `launchRun` would refuse,
    `dg.DagsterInvariantViolationError` when there is no such job or asset, and `KeyConflict` when the key stands for
    another run by now.
    """
    run = instance.get_run_by_id(run_id)
    if run is None:
        _, run = create_run(name, payload, instance, module, run_id=run_id, tags=tags, repeats=repeats)
    if run.status is dg.DagsterRunStatus.NOT_STARTED:
        _claim_and_queue(instance, run)
    elif not run.is_finished:
        accept(run)


def _claim_and_queue(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    try:
        run_for_key(instance, run)  # answers with another run only for a trigger that repeats none
        put_into_queue(instance, run)
    except InvalidInput:
        instance.delete_run(run.run_id)
        raise
