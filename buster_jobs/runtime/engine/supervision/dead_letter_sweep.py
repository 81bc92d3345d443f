"""Finds runs that ended badly without leaving a dead letter, because their process was gone, and leaves it for them.

Reads Dagster's storage in batches, with a cursor of our own. A run-failure sensor would see five runs a tick, lose
those at which it raises, and never see a cancellation.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.cursors import advance_cursor, load_cursor
from buster_jobs.packages.database.runs.dead_letters import with_letter
from buster_jobs.runtime.attempts import job_record
from buster_jobs.runtime.attempts.problem import Problem
from buster_jobs.runtime.engine.dagster.events import recorded_problem
from buster_jobs.runtime.engine.supervision import disagreements
from buster_jobs.runtime.engine.supervision.isolation import contain_errors
from buster_jobs.runtime.spec import TaskRun
from buster_jobs.runtime.target import payload_of, task_name

_CURSOR = "dead_letter_sweep"
OVERLAP = timedelta(seconds=60)
"""Read again each time: clocks of hosts differ, and transactions become visible later than their time says."""
SETTLED = timedelta(seconds=5)
"""A process that ends a run writes to Dagster's storage and then to ours; the sweep waits for the second."""
_LONG_OPEN = timedelta(minutes=10)
_BATCH = 500
_UNCOUNTED = ("refused",)
_NOT_KEPT = {"buster/not_kept": "The payload could not be kept: the run has it."}
"""Every task refuses such a field, so that a replay with less than the run was given fails."""
_UNREADABLE = Problem("UNREADABLE", "How the run ended could not be kept: its own log says more.", "exception")


def sweep_dead_letters(instance: dg.DagsterInstance, *, batch: int = _BATCH, settled: timedelta = SETTLED) -> int:
    """Close the open records of runs that have ended since the last sweep. Answers with their number."""
    swept = 0
    for records in _ended_since(instance, load_cursor(_CURSOR), batch, settled):
        swept += _sweep_all(instance, records)
        advance_cursor(_CURSOR, max(record.update_timestamp for record in records))
    return swept


def sweep_unclosed(instance: dg.DagsterInstance, *, age: timedelta = _LONG_OPEN) -> int:
    """The net below: close what stayed open for so long, which a host's wrong clock has hidden from the sweep."""
    run_ids = disagreements.unclosed(age)
    return _sweep_all(instance, instance.get_run_records(dg.RunsFilter(run_ids=run_ids))) if run_ids else 0


def _sweep_all(instance: dg.DagsterInstance, records: Sequence[dg.RunRecord]) -> int:
    done = with_letter([record.dagster_run.run_id for record in records])
    swept = 0
    for record in records:
        run = record.dagster_run
        if run.run_id not in done and run.tags.get(run_tags.OUTCOME) not in _UNCOUNTED:
            swept += _sweep(instance, record)
    return swept


def _ended_since(
    instance: dg.DagsterInstance, cursor: str | None, limit: int, settled: timedelta
) -> Iterator[Sequence[dg.RunRecord]]:
    until, seen = datetime.now(UTC) - settled, set[str]()
    since = min(datetime.fromisoformat(cursor), until) - OVERLAP if cursor else None
    ended = [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    while True:
        filters = dg.RunsFilter(statuses=ended, updated_after=since, updated_before=until)
        found = instance.get_run_records(filters, limit=limit, order_by="update_timestamp", ascending=True)
        new = [record for record in found if record.dagster_run.run_id not in seen]
        if new:
            yield new
        if len(found) < limit:
            return
        seen |= {record.dagster_run.run_id for record in new}
        limit = limit if new else limit * 2  # more runs ended in one instant than fit into a batch
        since = found[-1].update_timestamp - timedelta(microseconds=1)


def _sweep(instance: dg.DagsterInstance, record: dg.RunRecord) -> bool:
    """Close one run's record, whatever the run holds; one with which even that fails is left behind."""
    run = record.dagster_run
    with contain_errors(run.run_id):
        return _leave_letter(run, payload_of(run), lambda: recorded_problem(instance, record))
    with contain_errors(run.run_id):
        return _leave_letter(run, _NOT_KEPT, lambda: _UNREADABLE)
    return False


def _leave_letter(run: dg.DagsterRun, payload: Mapping[str, Any], problem: Callable[[], Problem]) -> bool:
    ours = job_record.open_record(TaskRun(run.run_id, task_name(run), attempt=0), payload, run.tags)
    if run.status is dg.DagsterRunStatus.CANCELED:
        return job_record.cancel(ours)
    if run.tags.get(run_tags.OUTCOME) == "expired":
        return job_record.expire(ours)
    return job_record.fail(ours, problem())
