"""What makes a process warm before its first run: code loaded, something executed by Dagster, connections open."""

import pkgutil
from importlib import import_module

import dagster as dg

from buster_jobs import packages
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.runtime.engine.dagster.runs import DEFINITIONS_MODULE

_NO_RUN = "rehearsal"


def load_everything() -> None:
    """In the pool's parent: load all our code and execute a run that does nothing, so that each fork has done both."""
    import_module(DEFINITIONS_MODULE)
    for module in pkgutil.walk_packages(packages.__path__, f"{packages.__name__}."):
        if ".migrations." not in module.name:  # Alembic's own, which act when they are imported
            import_module(module.name)
    _execute_nothing()


def rehearse(instance: dg.DagsterInstance) -> None:
    """In a worker: what a fork cannot hand on, which is connections and what belongs to this process alone."""
    instance.get_run_by_id(_NO_RUN)
    instance.all_logs(_NO_RUN)
    run_queue.is_queued(_NO_RUN)
    _execute_nothing()


def _execute_nothing() -> None:
    @dg.op
    def nothing() -> None: ...

    quiet = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}
    dg.GraphDefinition("rehearsal", node_defs=[nothing]).execute_in_process(run_config=quiet)
