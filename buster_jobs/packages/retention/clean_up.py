"""The whole clean-up: Dagster's history of runs, our own tables, and tables of the warehouse without an owner."""

import logging

from buster_jobs.packages.ops.ops import notify_ops
from buster_jobs.packages.retention.cleaning import clean
from buster_jobs.packages.retention.first_time import announcement, note_shown, was_shown
from buster_jobs.packages.retention.pace import OutOfTime, Pace
from buster_jobs.packages.retention.preview import preview
from buster_jobs.packages.retention.tallies import add_freed
from buster_jobs.packages.retention.values import Expired, RunHistory
from buster_jobs.packages.warehouse.leftovers import drop_leftovers, find_leftovers

_WAREHOUSE = "warehouse_tables"


def all_expired(history: RunHistory) -> list[Expired]:
    """What would be deleted now. Reading it does not count as the first showing to operators."""
    return [history.preview(), *preview(), _leftovers()]


def show_expired(history: RunHistory, run_id: str) -> list[Expired]:
    """The same, in the log of the run that asks; operators are told of it the first time."""
    expired = all_expired(history)
    for one in expired:
        logging.getLogger(__name__).info("%s", one)
    if not was_shown():
        notify_ops(announcement(expired), kind="cleanup_old_data")
    note_shown(expired, run_id)
    return expired


def is_dry(asked: bool | None, run_id: str) -> bool:
    """Whether a run only shows: as asked, else when nobody was shown anything before it."""
    return not was_shown(before=run_id) if asked is None else asked


def free_expired(history: RunHistory, run_id: str, pace: Pace) -> bool:
    """Delete it; what was freed is counted for `run_id`. False when the pace's budget was used up before the end."""
    try:
        history.clean(run_id, pace)
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
