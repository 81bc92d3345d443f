"""The code location: finds every task. No logic, no resources that run config could reach."""

import warnings

import dagster as dg

from buster_jobs import tasks
from buster_jobs.runtime.io_manager import step_output_io_manager
from buster_jobs.runtime.schedule import schedules

with warnings.catch_warnings():
    # Dagster may still change this function; the exact pin in pyproject.toml is what makes that harmless.
    warnings.simplefilter("ignore", dg.PreviewWarning)
    defs = dg.Definitions.merge(
        dg.load_definitions_from_package_module(tasks),  # first: it imports the tasks, which declare their schedules
        dg.Definitions(
            # Jobs name theirs themselves; assets and their checks take these, which run config cannot change.
            executor=dg.in_process_executor,
            resources={"io_manager": step_output_io_manager},
            schedules=schedules(),
        ),
    )
