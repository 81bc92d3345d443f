"""The class of retention rules. rules.py has the rules."""

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
    """Rows of `model` are deleted `days` after `age` if they match `only_if`, unless a condition of `in_use` holds.

    `organization` is the column by which an organization may have days of its own. `cascades` says that rows of other
    tables that refer to these by foreign key are deleted first.
    """

    name: str
    model: type[Base]
    age: InstrumentedAttribute[Any] | ColumnElement[Any]
    days: int
    only_if: tuple[_Condition, ...] = ()
    in_use: tuple[_Condition, ...] = ()
    organization: InstrumentedAttribute[Any] | ColumnElement[Any] | None = None
    cascades: bool = False


def unfinished(run_id: ColumnElement[str] | InstrumentedAttribute[Any]) -> tuple[_Condition, ...]:
    """Conditions for `in_use`: the run is queued, or its job record is open."""
    job = aliased(JobRow)
    return (
        exists().where(QueuedRunRow.run_id == run_id),
        exists().where(job.run_id == run_id, job.finished_at.is_(None)),
    )
