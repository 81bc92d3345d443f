"""What a retention rule is. Those that there are stand in rules.py."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute, aliased

from buster_jobs.packages.database.model_base import Base
from buster_jobs.packages.database.runs.job_models import JobRow
from buster_jobs.packages.database.runs.run_queue_models import QueuedRunRow

_Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `model` go `days` after `age`, if they are `meant`, unless they are `in_use`: something live needs them.

    `organization` is the column by which an organization may have days of its own. `with_others` says that rows of
    other tables hang on these and go first, found by foreign key.
    """

    name: str
    model: type[Base]
    age: InstrumentedAttribute[Any] | ColumnElement[Any]
    days: int
    meant: tuple[_Condition, ...] = ()
    in_use: tuple[_Condition, ...] = ()
    organization: InstrumentedAttribute[Any] | ColumnElement[Any] | None = None
    with_others: bool = False


def unfinished(run_id: ColumnElement[str] | InstrumentedAttribute[Any]) -> tuple[_Condition, ...]:
    """For `in_use`: the run is queued, or its job record open."""
    job = aliased(JobRow)
    return (
        exists().where(QueuedRunRow.run_id == run_id),
        exists().where(job.run_id == run_id, job.finished_at.is_(None)),
    )
