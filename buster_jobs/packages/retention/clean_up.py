"""The whole clean-up: Dagster's run history, our own tables, and orphaned tables of the warehouse.

An installation's first run only announces what it would delete, so that operators can change the rules before.
"""

import logging
from collections.abc import Sequence

from buster_jobs.packages.database.cursors import load_cursor, save_cursor
from buster_jobs.packages.ops.alerts import notify_ops
from buster_jobs.packages.retention.expired_rows import clean, preview
from buster_jobs.packages.retention.pace import OutOfTime, Pace
from buster_jobs.packages.retention.tallies import add_freed
from buster_jobs.packages.retention.values import Expired, RunHistory
from buster_jobs.packages.warehouse.orphaned_schemas import drop_orphaned_schemas, find_orphaned_schemas

_WAREHOUSE = "warehouse_tables"
_CURSOR = "cleanup_old_data"
_FIRST_RUN = "first_run"


def all_expired(history: RunHistory) -> list[Expired]:
    """What would be deleted now."""
    return [history.preview(), *preview(), _orphaned_tables()]


def show_expired(history: RunHistory, run_id: str) -> list[Expired]:
    """Log what would be deleted now, and return it. The first call on an installation also notifies operators."""
    expired = all_expired(history)
    for one in expired:
        logging.getLogger(__name__).info("%s", one)
    if not was_announced():
        notify_ops(_announcement(expired), kind="cleanup_old_data")
    _record_announcement(expired, run_id)
    return expired


def is_dry(asked: bool | None, run_id: str) -> bool:
    """Whether a run only shows what it would delete: as `asked`, else if no earlier run has announced it."""
    return not was_announced(before=run_id) if asked is None else asked


def free_expired(history: RunHistory, run_id: str, pace: Pace) -> bool:
    """Delete everything that has expired, counted for `run_id`. False if the pace's budget ran out before the end."""
    try:
        history.clean(run_id, pace)
        clean(run_id, pace)
        for orphaned in drop_orphaned_schemas():
            add_freed(run_id, _WAREHOUSE, rows=orphaned.tables, bytes=orphaned.bytes)
    except OutOfTime:
        return False
    return True


def _orphaned_tables() -> Expired:
    """Tables of organizations and data sources that were deleted earlier."""
    found = find_orphaned_schemas()
    free, read = ([one.tables for one in found if one.is_read is is_read] for is_read in (False, True))
    return Expired(_WAREHOUSE, 0, sum(free), sum(read), None, None)


def was_announced(*, before: str | None = None) -> bool:
    """Whether a run, other than the run `before`, has announced what the clean-up would delete."""
    noted = load_cursor(_CURSOR)
    return noted is not None and (before is None or noted.get(_FIRST_RUN) != before)


def _record_announcement(expired: Sequence[Expired], run_id: str) -> None:
    """Store the counts, and the first run that announced them: when that run is retried, it must not delete either."""
    noted = load_cursor(_CURSOR)
    first = run_id if noted is None else noted.get(_FIRST_RUN)
    save_cursor(_CURSOR, {one.rule: one.rows for one in expired} | {_FIRST_RUN: first})


def _announcement(expired: Sequence[Expired]) -> str:
    """The message to operators."""
    counts = ", ".join(f"{one.rows:,} {one.rule}" for one in expired if one.rows) or "nothing yet"
    return (
        f"cleanup_old_data runs daily and would now delete: {counts}. This first run only says so; the next one does "
        "it. `buster-jobs retention preview` shows more, `buster-jobs retention set` changes how long rows are kept."
    )
