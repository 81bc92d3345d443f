"""Old rows for tests: made as the system makes them, then moved back in time."""

from uuid import UUID, uuid4

from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs.dead_letters import save_failed_task
from buster_jobs.packages.database.runs.jobs import create_job
from buster_jobs.packages.database.runs.letter_values import NewLetter


def move_back(database: Engine, table: str, days: float, *columns: str, where: str = "true") -> None:
    """Make rows so much older."""
    changes = ", ".join(f"{column} = {column} - make_interval(secs => {days * 86_400})" for column in columns)
    with database.begin() as connection:
        connection.execute(text(f"UPDATE buster.{table} SET {changes} WHERE {where}"))


def old_job(database: Engine, days: float, *, status: str = "completed", organization_id: UUID | None = None) -> str:
    """The run id of a job that ended so long ago."""
    run_id = str(uuid4())
    create_job(type="old", status=status, run_id=run_id, organization_id=organization_id)
    move_back(database, "jobs", days, "created_at", "updated_at", "finished_at", where=f"run_id = '{run_id}'")
    return run_id


def old_letter(database: Engine, days: float, *, state: str = "open") -> str:
    """The run id of a dead letter that was written so long ago."""
    run_id = str(uuid4())
    save_failed_task(NewLetter(run_id, "old", {}, "timeout", "TIMEOUT", "Too slow."))
    move_back(database, "failed_tasks", days, "failed_at", where=f"run_id = '{run_id}'")
    if state != "open":
        with database.begin() as connection:
            connection.execute(
                text(
                    "UPDATE buster.failed_tasks SET state = 'discarded', resolved_at = now(), resolved_by = 'a test' "
                    "WHERE run_id = :run_id"
                ),
                {"run_id": run_id},
            )
    return run_id


def run_ids(database: Engine, table: str) -> set[str]:
    with database.connect() as connection:
        return set(connection.scalars(text(f"SELECT run_id FROM buster.{table}")))


def count(database: Engine, table: str) -> int:
    with database.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM buster.{table}")) or 0
