"""A task that runs by itself."""

import pytest
from pydantic import BaseModel

from buster_jobs.runtime import task
from buster_jobs.runtime.schedule import schedules


class Asked(BaseModel):
    question: str


def test_a_task_whose_payload_has_no_default_cannot_be_scheduled() -> None:
    with pytest.raises(TypeError, match="asked cannot run by a schedule: its payload needs question"):

        @task(schedule="0 3 * * *")
        def asked(payload: Asked) -> None:
            """Need to know."""

    assert "asked" not in {schedule.job_name for schedule in schedules()}
