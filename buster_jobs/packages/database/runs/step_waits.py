"""When the waits of a run's steps end, so that a step that starts over does not wait again. One row per step."""

from dataclasses import dataclass

from sqlalchemy import text

from buster_jobs.packages.database.server.engine import get_engine


@dataclass(frozen=True, slots=True)
class BegunWaits:
    """`ends` are seconds since the epoch; `suspensions` is how often the step gave its worker back for them."""

    ends: list[float]
    suspensions: int


def load_step_waits(run_id: str, step_key: str) -> BegunWaits:
    """What is known of the step's waits; nothing for a step that never waited."""
    query = text("SELECT ends, suspensions FROM buster.step_waits WHERE run_id = :run_id AND step_key = :step_key")
    with get_engine().connect() as connection:
        row = connection.execute(query, {"run_id": run_id, "step_key": step_key}).one_or_none()
    return BegunWaits(list(row.ends), row.suspensions) if row else BegunWaits([], 0)


def save_step_waits(run_id: str, step_key: str, ends: list[float]) -> None:
    """Remember when the waits end; the step is about to give its worker back."""
    saving = text("""
        INSERT INTO buster.step_waits (run_id, step_key, ends, suspensions) VALUES (:run_id, :step_key, :ends, 1)
        ON CONFLICT (run_id, step_key) DO UPDATE
        SET ends = excluded.ends, suspensions = step_waits.suspensions + 1, updated_at = clock_timestamp()
    """)
    with get_engine().begin() as connection:
        connection.execute(saving, {"run_id": run_id, "step_key": step_key, "ends": ends})
