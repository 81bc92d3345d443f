"""Schedules of tasks: what the decorators' argument `schedule` becomes, and where definitions.py finds it."""

import dagster as dg
from pydantic import BaseModel

_schedules: dict[str, dg.ScheduleDefinition] = {}


def schedule_job(job: dg.JobDefinition, payload: type[BaseModel], cron: str) -> None:
    """Run `job` by `cron` (five fields, UTC), with the payload's defaults, from the first start of the daemon on.

    A reload of the job's module replaces it. Raises TypeError for a payload that has no default.
    """
    needed = [name for name, field in payload.model_fields.items() if field.is_required()]
    if needed:
        raise TypeError(f"{job.name} cannot run by a schedule: its payload needs {', '.join(needed)}.")
    _schedules[job.name] = dg.ScheduleDefinition(
        job=job,
        cron_schedule=cron,
        execution_timezone="UTC",
        # What a task's file says is what happens, without a person who has to start the schedule first.
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )


def schedules() -> list[dg.ScheduleDefinition]:
    """Those of every task that has been imported, by the task's name."""
    return [_schedules[name] for name in sorted(_schedules)]
