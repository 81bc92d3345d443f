"""The launcher: hands runs to warm workers through the queue, and stops them."""

import dagster as dg

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.runtime.engine.dagster.plugins import (
    CheckRunHealthResult,
    ConfigFreePlugin,
    LaunchRunContext,
    RunLauncher,
    WorkerStatus,
)
from buster_jobs.runtime.engine.outcomes import end_as_canceled
from buster_jobs.runtime.engine.queueing.submission import enqueue


class BusterRunLauncher(ConfigFreePlugin, RunLauncher[dg.DagsterInstance]):
    """`run_launcher` in dagster.yaml. Takes no configuration: BUSTER_LOCAL_WORKERS says where workers run."""

    def launch_run(self, context: LaunchRunContext) -> None:
        """Put the run into the queue."""
        enqueue(context.dagster_run)

    def terminate(self, run_id: str) -> bool:
        """Stop a run. False when it has ended."""
        return stop_run(self._instance, run_id)

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Yes: the queue knows which worker has which run."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Healthy while it is in the queue: supervisors look after its worker."""
        if run_queue.is_queued(run.run_id):
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.UNKNOWN, "The run is not in the queue.")


def stop_run(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Stop a run: at once when it waits, else through the supervisor of its worker. False when it has ended."""
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return False
    # First, because a worker that is interrupted looks here for the reason.
    instance.report_run_canceling(run)
    if run_queue.cancel(run_id):
        end_as_canceled(instance, run)
    return True
