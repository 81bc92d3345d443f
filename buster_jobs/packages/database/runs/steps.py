"""What the steps of a run have stored for its later steps and attempts: outputs as JSON, and when waits end.

Large data is staged elsewhere and passed by reference.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.runs.job_models import StepOutputRow
from buster_jobs.packages.database.server.engine import get_engine, session
from buster_jobs.packages.database.storable_values import checked_json
from buster_jobs.packages.errors import NotFound


def save_step_output(*, run_id: str, step_key: str, output_name: str, value: object) -> None:
    """Store a step's output, replacing that of an earlier attempt.

    Raises `InvalidInput` for a value that JSON would not return unchanged.
    """
    saving = insert(StepOutputRow).values(
        run_id=run_id, step_key=step_key, output_name=output_name, value=checked_json(value)
    )
    with session() as opened, refused_as_input():
        opened.execute(
            saving.on_conflict_do_update(
                index_elements=["run_id", "step_key", "output_name"],
                set_={"value": saving.excluded.value, "created_at": func.clock_timestamp()},
            )
        )


def load_step_output(*, run_id: str, step_key: str, output_name: str) -> Any:
    """The stored output. Raises `NotFound`."""
    query = select(StepOutputRow.value).where(
        StepOutputRow.run_id == run_id,
        StepOutputRow.step_key == step_key,
        StepOutputRow.output_name == output_name,
    )
    with session() as opened:
        found = opened.execute(query).one_or_none()
    if found is None:
        raise NotFound(f"The step {step_key} of run {run_id} has stored no output {output_name}.")
    return found[0]


@dataclass(frozen=True, slots=True)
class BegunWaits:
    """`ends` are seconds since the epoch; `suspensions` is how often the step has waited without a worker."""

    ends: list[float]
    suspensions: int


def load_step_waits(run_id: str, step_key: str) -> BegunWaits:
    """The step's waits; no `ends` for a step that never waited."""
    query = text("SELECT ends, suspensions FROM buster.step_waits WHERE run_id = :run_id AND step_key = :step_key")
    with get_engine().connect() as connection:
        row = connection.execute(query, {"run_id": run_id, "step_key": step_key}).one_or_none()
    return BegunWaits(list(row.ends), row.suspensions) if row else BegunWaits([], 0)


def save_step_waits(run_id: str, step_key: str, ends: list[float]) -> None:
    """Store when the waits end, before the step gives its worker back."""
    saving = text("""
        INSERT INTO buster.step_waits (run_id, step_key, ends, suspensions) VALUES (:run_id, :step_key, :ends, 1)
        ON CONFLICT (run_id, step_key) DO UPDATE
        SET ends = excluded.ends, suspensions = step_waits.suspensions + 1, updated_at = clock_timestamp()
    """)
    with get_engine().begin() as connection:
        connection.execute(saving, {"run_id": run_id, "step_key": step_key, "ends": ends})
