"""Tallies: what each run of the clean-up has freed, counted in the transaction of each batch."""

from sqlalchemy import CTE, func, literal, select
from sqlalchemy.dialects.postgresql import Insert, insert

from buster_jobs.packages.database.retention_models import RetentionTallyRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.retention.values import Freed


def tally(run_id: str, subject: str, gone: CTE) -> Insert:
    """A part of the statement that deletes `gone`, rows with their `bytes`: adds them to the run's tally."""
    size = func.coalesce(func.sum(gone.c.bytes), 0)
    counted = select(literal(run_id), literal(subject), func.count(), size).select_from(gone).having(func.count() > 0)
    return _added(insert(RetentionTallyRow).from_select(["run_id", "subject", "rows", "bytes"], counted))


def add_freed(run_id: str, subject: str, *, rows: int, bytes: int) -> None:
    """Add to the run's tally what was freed outside of our tables."""
    row = insert(RetentionTallyRow).values(run_id=run_id, subject=subject, rows=rows, bytes=bytes)
    with session() as opened:
        opened.execute(_added(row))


def freed_by(run_id: str) -> list[Freed]:
    """All that the run has freed so far, by subject."""
    query = select(RetentionTallyRow).where(RetentionTallyRow.run_id == run_id).order_by(RetentionTallyRow.subject)
    with session() as opened:
        return [Freed(row.subject, row.rows, row.bytes) for row in opened.scalars(query)]


def _added(adding: Insert) -> Insert:
    return adding.on_conflict_do_update(
        index_elements=["run_id", "subject"],
        set_={
            "rows": RetentionTallyRow.rows + adding.excluded.rows,
            "bytes": RetentionTallyRow.bytes + adding.excluded.bytes,
            "updated_at": func.clock_timestamp(),
        },
    )
