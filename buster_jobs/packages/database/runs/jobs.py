"""Job records: one for every run, with its status and result."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.runs.job_models import FINAL_JOB_STATUSES, JOB_STATUSES, JobRow
from buster_jobs.packages.database.runs.job_values import Job, job_of
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import storable_json, storable_text
from buster_jobs.packages.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class JobUpdate:
    """The result of `update_job_status`. `changed` is False if the record was final already. `job` is the record."""

    job: Job
    changed: bool


def create_job(
    *,
    type: str,
    status: str = "queued",
    metadata: Mapping[str, object] | None = None,
    run_id: str | None = None,
    organization_id: UUID | None = None,
) -> Job:
    """Open a job record. If `run_id` has one already, return it unchanged.

    Raises `InvalidInput` for an unknown status, `NotFound` for an unknown organization.
    """
    _check(status)
    values = {
        "type": type,
        "status": status,
        "details": storable_json(metadata or {}),
        "run_id": run_id,
        "organization_id": organization_id,
        "started_at": func.clock_timestamp() if status == "running" else None,
        "finished_at": func.clock_timestamp() if status in FINAL_JOB_STATUSES else None,
    }
    opening = insert(JobRow).values(values).on_conflict_do_nothing(index_elements=["run_id"]).returning(JobRow)
    with session() as opened, refused_as_input():
        row = opened.scalar(opening)
        return job_of(row if row is not None else opened.scalars(select(JobRow).where(JobRow.run_id == run_id)).one())


def update_job_status(
    *,
    job_id: UUID,
    status: str,
    result: object = None,
    error: str | None = None,
    error_code: str | None = None,
    attempts: int | None = None,
) -> JobUpdate:
    """Set the job's status. A final status (see FINAL_JOB_STATUSES) never changes again.

    `result`, `error` and `error_code` are overwritten, by None too; `attempts` is kept if it is None.
    Of two processes that finish a job at once, the first wins. Raises `NotFound`, and `InvalidInput` for an unknown
    status or a negative number of attempts.
    """
    _check(status)
    values = {
        JobRow.status: status,
        JobRow.result: None if result is None else storable_json(result),
        JobRow.error: None if error is None else storable_text(error),
        JobRow.error_code: error_code,
        JobRow.attempts: JobRow.attempts if attempts is None else attempts,
        JobRow.updated_at: func.clock_timestamp(),
    }
    if status == "running":
        values[JobRow.started_at] = func.coalesce(JobRow.started_at, func.clock_timestamp())
    if status in FINAL_JOB_STATUSES:
        values[JobRow.finished_at] = func.clock_timestamp()
    changing = update(JobRow).where(JobRow.id == job_id, JobRow.finished_at.is_(None)).values(values).returning(JobRow)
    with session() as opened, refused_as_input():
        row = opened.scalar(changing)
        if row is not None:
            return JobUpdate(job=job_of(row), changed=True)
        return JobUpdate(job=_one(opened, select(JobRow).where(JobRow.id == job_id), str(job_id)), changed=False)


def get_job_by_id(job_id: UUID) -> Job:
    """The record with this id. Raises `NotFound`."""
    with session() as opened:
        return _one(opened, select(JobRow).where(JobRow.id == job_id), str(job_id))


def get_job_by_run_id(run_id: str) -> Job:
    """The record of the run group whose root is `run_id`. Raises `NotFound`."""
    with session() as opened:
        return _one(opened, select(JobRow).where(JobRow.run_id == run_id), f"of run {run_id}")


def list_recent_jobs(*, limit: int = 50, type: str | None = None, status: str | None = None) -> list[Job]:
    """The newest job records first, at most `limit`, of one task or status if given."""
    query = select(JobRow).order_by(JobRow.created_at.desc(), JobRow.id).limit(limit)
    if type is not None:
        query = query.where(JobRow.type == type)
    if status is not None:
        query = query.where(JobRow.status == status)
    with session() as opened:
        return [job_of(row) for row in opened.scalars(query)]


def _check(status: str) -> None:
    if status not in JOB_STATUSES:
        raise InvalidInput(f"{status!r} is no status of a job: use one of {', '.join(JOB_STATUSES)}.")


def _one(opened: Session, query: Select[JobRow], name: str) -> Job:
    row = opened.scalar(query)
    if row is None:
        raise NotFound(f"There is no job {name}.")
    return job_of(row)
