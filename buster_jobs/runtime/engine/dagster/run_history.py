"""Dagster's own history of runs for the clean-up: what of it is too old, and its removal, with events and output."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from sqlalchemy import text

from buster_jobs.packages.retention.pace import Pace
from buster_jobs.packages.retention.policies import days_of
from buster_jobs.packages.retention.rules import RUN_HISTORY
from buster_jobs.packages.retention.runs_in_use import runs_in_use
from buster_jobs.packages.retention.tallies import add_freed
from buster_jobs.packages.retention.values import Expired
from buster_jobs.packages.settings import get_settings
from buster_jobs.runtime.engine.dagster.connections import pooled_engine
from buster_jobs.runtime.engine.dagster.pooled_storage import storage_url

_CHUNK = 500
_ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


@dataclass(frozen=True, slots=True)
class DagsterRunHistory:
    """A `RunHistory`: the runs of one Dagster instance."""

    instance: dg.DagsterInstance

    def preview(self) -> Expired:
        """What `clean` would delete now."""
        days = days_of(RUN_HISTORY)
        if days is None:
            return Expired(RUN_HISTORY, None, 0, 0, None, None)
        which, rows, in_use = _too_old(days), 0, 0
        for chunk in _chunks(self.instance, which):
            kept = _in_use(chunk)
            rows, in_use = rows + len(chunk) - len(kept), in_use + len(kept)
        oldest, newest = (_end(self.instance, which, first=first) if rows else None for first in (True, False))
        return Expired(RUN_HISTORY, days, rows, in_use, oldest, newest)

    def clean(self, run_id: str, pace: Pace) -> None:
        """Delete runs that ended too long ago, run by run; counted for `run_id`. Raises `OutOfTime`.

        Kept: runs that something of ours refers to, and those that hold the newest event of an asset.
        """
        days = days_of(RUN_HISTORY)
        for chunk in _chunks(self.instance, _too_old(days)) if days is not None else ():
            kept = _in_use(chunk)
            for old in chunk:
                pace.check()
                if old not in kept:
                    _delete(self.instance, old, run_id)
            pace.sleep(0.01)


def _too_old(days: int) -> dg.RunsFilter:
    return dg.RunsFilter(statuses=list(_ENDED), updated_before=datetime.now(UTC) - timedelta(days=days))


def _chunks(instance: dg.DagsterInstance, which: dg.RunsFilter) -> Iterator[list[str]]:
    run_ids = list(reversed(instance.get_run_ids(which)))  # the oldest first
    for start in range(0, len(run_ids), _CHUNK):
        yield run_ids[start : start + _CHUNK]


def _end(instance: dg.DagsterInstance, which: dg.RunsFilter, *, first: bool) -> datetime | None:
    found = instance.get_run_records(which, limit=1, order_by="update_timestamp", ascending=first)
    return found[0].update_timestamp if found else None


def _in_use(run_ids: list[str]) -> set[str]:
    with pooled_engine(storage_url()).connect() as connection:
        newest = connection.scalars(text(_NEWEST_OF_ASSETS), {"run_ids": run_ids})
        return runs_in_use(run_ids) | set(newest)


def _delete(instance: dg.DagsterInstance, old: str, run_id: str) -> None:
    """Events first: killed in between, the run is still there to be found again."""
    with pooled_engine(storage_url()).connect() as connection:
        size = connection.scalar(text(_EVENT_BYTES), {"run_id": old}) or 0
    output = Path(get_settings().state_dir) / "compute_logs" / old
    size += sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
    instance.compute_log_manager.delete_logs(prefix=[old])
    instance.event_log_storage.delete_events(old)
    instance.delete_run(old)
    add_freed(run_id, RUN_HISTORY, rows=1, bytes=size)


_EVENT_BYTES = "SELECT sum(octet_length(event)) FROM event_logs WHERE run_id = :run_id"

_NEWEST_OF_ASSETS = """
SELECT DISTINCT e.run_id FROM event_logs e
WHERE e.run_id = ANY (:run_ids) AND e.asset_key IS NOT NULL AND NOT EXISTS (
    SELECT FROM event_logs later
    WHERE later.asset_key = e.asset_key AND later.dagster_event_type = e.dagster_event_type
        AND later.partition IS NOT DISTINCT FROM e.partition AND later.id > e.id)
"""
