"""How long imports, and the rows that they could not take, are remembered."""

from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from buster_jobs.packages.database.runs.job_models import JobRow
from buster_jobs.packages.database.runs.outcome_models import FailedTaskRow
from buster_jobs.packages.database.sources.import_models import ImportRejectRow, ImportRow
from buster_jobs.packages.retention.rule import Rule, unfinished


def _of_import(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """What a reject's import says."""
    query = select(column).where(ImportRow.id == ImportRejectRow.import_row_id)
    return query.correlate(ImportRejectRow).scalar_subquery()


IMPORT_REJECTS = Rule(
    "import_rejects",
    ImportRejectRow,
    _of_import(ImportRow.begun_at),
    30,
    in_use=(
        exists().where(
            ImportRow.id == ImportRejectRow.import_row_id,
            JobRow.run_id == ImportRow.run_id,
            JobRow.finished_at.is_(None),
        ),
    ),
    organization=_of_import(ImportRow.organization_id),
)
IMPORTS = Rule(
    "imports",
    ImportRow,
    ImportRow.begun_at,
    400,
    in_use=(
        *unfinished(ImportRow.run_id),
        # Its replay must find what was loaded, and not load it again.
        exists().where(FailedTaskRow.run_id == ImportRow.run_id, FailedTaskRow.state == "open"),
    ),
    organization=ImportRow.organization_id,
    with_others=True,
)
