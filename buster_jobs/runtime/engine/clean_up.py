"""The whole clean-up: Dagster's history, our own tables, the warehouse. What is too old stands in packages."""

import logging

import dagster as dg

from buster_jobs.packages.ops.ops import notify_ops
from buster_jobs.packages.retention.cleaning import clean
from buster_jobs.packages.retention.first_time import announcement, note_shown, was_shown
from buster_jobs.packages.retention.pace import OutOfTime, Pace
from buster_jobs.packages.retention.preview import preview
from buster_jobs.packages.retention.tallies import add_freed
from buster_jobs.packages.retention.values import Expired
from buster_jobs.packages.warehouse.leftovers import drop_leftovers, find_leftovers
from buster_jobs.runtime.engine.run_history import clean_run_history, preview_run_history

_WAREHOUSE = "warehouse_tables"


def all_expired(instance: dg.DagsterInstance) -> list[Expired]:
    """What would be deleted now. For whoever looks: it is not the first time that it was told."""
    return [preview_run_history(instance), *preview(), _leftovers()]


def show_expired(instance: dg.DagsterInstance, run_id: str) -> list[Expired]:
    """The same, in the log of the run that asks; operators are told of it the first time."""
    expired = all_expired(instance)
    for one in expired:
        logging.getLogger(__name__).info("%s", one)
    if not was_shown():
        notify_ops(announcement(expired), kind="cleanup_old_data")
    note_shown(expired, run_id)
    return expired


def is_dry(asked: bool | None, run_id: str) -> bool:
    """Whether a run only shows: as asked, else when nobody was shown anything before it."""
    return not was_shown(before=run_id) if asked is None else asked


def free_expired(instance: dg.DagsterInstance, run_id: str, pace: Pace) -> bool:
    """Delete it; what was freed is counted for `run_id`. False when the pace's budget was used up before the end."""
    try:
        clean_run_history(instance, run_id, pace)
        clean(run_id, pace)
        for leftover in drop_leftovers():
            add_freed(run_id, _WAREHOUSE, rows=leftover.tables, bytes=leftover.bytes)
    except OutOfTime:
        return False
    return True


def _leftovers() -> Expired:
    """Tables of organizations and data sources that are gone already."""
    found = find_leftovers()
    free, read = ([one.tables for one in found if one.is_read is is_read] for is_read in (False, True))
    return Expired(_WAREHOUSE, 0, sum(free), sum(read), None, None)
