"""Cursors: named JSON values in which readers that work in batches store how far they have come."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.runs.outcome_models import CursorRow
from buster_jobs.packages.database.server.engine import session


def load_cursor(name: str) -> Any:
    """The value that was saved last; None if there is none."""
    with session() as opened:
        return opened.scalar(select(CursorRow.value).where(CursorRow.name == name))


def save_cursor(name: str, value: object) -> None:
    """Store `value`: plain JSON, and not None."""
    saving = insert(CursorRow).values(name=name, value=value)
    with session() as opened:
        opened.execute(
            saving.on_conflict_do_update(
                index_elements=["name"],
                set_={"value": saving.excluded.value, "updated_at": func.clock_timestamp()},
            )
        )


def advance_cursor(name: str, moment: datetime) -> None:
    """Store `moment` in ISO 8601, or PostgreSQL's present time if a host's clock has put `moment` in the future."""
    with session() as opened:
        opened.execute(text(_ADVANCE), {"name": name, "moment": moment})


_ADVANCE = """
INSERT INTO buster.cursors (name, value)
VALUES (:name, to_jsonb(least(CAST(:moment AS timestamptz), clock_timestamp())))
ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = clock_timestamp()
"""
