"""How far something that reads in batches has come. What a cursor means is its reader's business."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.runs.outcome_models import CursorRow
from buster_jobs.packages.database.server.engine import session


def load_cursor(name: str) -> Any:
    """The JSON value that was saved last; None before the first."""
    with session() as opened:
        return opened.scalar(select(CursorRow.value).where(CursorRow.name == name))


def save_cursor(name: str, value: object) -> None:
    """Remember `value`, which is plain JSON and not None."""
    saving = insert(CursorRow).values(name=name, value=value)
    with session() as opened:
        opened.execute(
            saving.on_conflict_do_update(
                index_elements=["name"],
                set_={"value": saving.excluded.value, "updated_at": func.clock_timestamp()},
            )
        )


def advance_cursor(name: str, moment: datetime) -> None:
    """Remember a moment as ISO 8601; now, by PostgreSQL's clock, if a host's clock says that it is still to come."""
    with session() as opened:
        opened.execute(text(_ADVANCE), {"name": name, "moment": moment})


_ADVANCE = """
INSERT INTO buster.cursors (name, value)
VALUES (:name, to_jsonb(least(CAST(:moment AS timestamptz), clock_timestamp())))
ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = clock_timestamp()
"""
