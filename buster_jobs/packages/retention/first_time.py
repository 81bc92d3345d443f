"""Nothing is deleted here before somebody could have seen what that would be."""

from collections.abc import Sequence

from buster_jobs.packages.database.cursors import load_cursor, save_cursor
from buster_jobs.packages.retention.values import Expired

_CURSOR = "cleanup_old_data"
_FIRST_RUN = "first_run"


def was_shown(*, before: str | None = None) -> bool:
    """Whether a run has ever told this installation what the clean-up would delete, before the run if one is given."""
    noted = load_cursor(_CURSOR)
    return noted is not None and (before is None or noted.get(_FIRST_RUN) != before)


def note_shown(expired: Sequence[Expired], run_id: str) -> None:
    """Remember that it was told, the first time by which run: tried again, it still deletes nothing."""
    noted = load_cursor(_CURSOR)
    first = run_id if noted is None else noted.get(_FIRST_RUN)
    save_cursor(_CURSOR, {one.rule: one.rows for one in expired} | {_FIRST_RUN: first})


def announcement(expired: Sequence[Expired]) -> str:
    """What operators are told when the schedule comes to it for the first time."""
    counts = ", ".join(f"{one.rows:,} {one.rule}" for one in expired if one.rows) or "nothing yet"
    return (
        f"cleanup_old_data runs daily and would now delete: {counts}. This first run only says so; the next one does "
        "it. `buster-jobs retention preview` shows more, `buster-jobs retention set` changes how long rows are kept."
    )
