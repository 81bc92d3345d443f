"""The result of an import, as a run returns it."""

from typing import TYPE_CHECKING

from pydantic import BaseModel

from buster_jobs.packages.errors import InvalidInput

if TYPE_CHECKING:
    from buster_jobs.packages.database.sources.imports import Import


class ImportResult(BaseModel):
    """Counts of the source's rows. `records_processed` are now in the table."""

    import_id: str
    table: str
    records_processed: int
    rejected: int
    duplicates: int
    inserted: int
    updated: int
    unchanged: int
    seconds: float


def result(done: "Import") -> ImportResult:
    """The result of a loaded import. Raises `InvalidInput` for one that was not loaded."""
    if done.loaded_at is None:
        raise InvalidInput(f"The import {done.import_id!r} was not loaded.")
    return ImportResult(
        import_id=done.import_id,
        table=done.target,
        records_processed=done.rows_inserted + done.rows_updated + done.rows_unchanged,
        rejected=done.rows_rejected,
        duplicates=done.rows_duplicate,
        inserted=done.rows_inserted,
        updated=done.rows_updated,
        unchanged=done.rows_unchanged,
        seconds=round((done.loaded_at - done.begun_at).total_seconds(), 3),
    )
