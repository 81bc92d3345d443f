"""What each step of a run returned, as JSON. Not large data: that is staged elsewhere and passed by reference."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.runs.job_models import StepOutputRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.storable_values import checked_json
from buster_jobs.packages.errors import NotFound


def save_step_output(*, run_id: str, step_key: str, output_name: str, value: object) -> None:
    """Store a step's output, replacing that of an earlier attempt.

    Raises `InvalidInput` for what would not come back from JSON as it was.
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
