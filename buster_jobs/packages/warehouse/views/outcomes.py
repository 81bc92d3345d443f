"""Keeps with each view when it was last tried, and how that went."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import func, update

from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources.view_models import MaterializedViewRow
from buster_jobs.packages.warehouse.views.values import Outcome


def note_attempt(view_ids: Collection[UUID]) -> None:
    """What becomes new from here on makes the views due again, however this refresh ends."""
    trying = update(MaterializedViewRow).where(MaterializedViewRow.id.in_(view_ids))
    with session() as opened:
        opened.execute(trying.values(attempted_at=func.clock_timestamp()))


def note_outcome(view_id: UUID, outcome: Outcome) -> None:
    """Rows, bytes and time of the last content stay as they are when there is no new one."""
    noting = update(MaterializedViewRow).where(MaterializedViewRow.id == view_id)
    values: dict[str, Any] = {"status": outcome.status, "error": outcome.error}
    if outcome.status == "refreshed":
        values["seconds"] = outcome.seconds
    with session() as opened:
        opened.execute(noting.values(values))
