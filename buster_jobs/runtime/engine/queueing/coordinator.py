"""What happens when a run is submitted: it goes straight into our queue, where its order and its delays are kept.

The stock coordinator polls; here a run that waits for nothing starts at once.
"""

import dagster as dg

# Dagster offers no public names for what a custom coordinator must subclass and take.
from dagster._core.run_coordinator import RunCoordinator, SubmitRunContext

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.dagster.graphql_errors import refused
from buster_jobs.runtime.engine.dagster.plugins import Unconfigured
from buster_jobs.runtime.engine.queueing.asset_runs import with_declared_tags
from buster_jobs.runtime.engine.queueing.idempotency import run_for_key
from buster_jobs.runtime.engine.queueing.launcher import stop_run
from buster_jobs.runtime.engine.queueing.placement import placement, put_into_queue


class BusterRunCoordinator(Unconfigured, RunCoordinator[dg.DagsterInstance]):
    """`run_coordinator` in dagster.yaml. Takes no configuration."""

    def submit_run(self, context: SubmitRunContext) -> dg.DagsterRun:
        """Accept a run, and answer with it, or with the run that its idempotency key already stands for.

        The run of such a duplicate trigger is removed: it was never accepted. Raises `InvalidInput` for tags that
        cannot be understood, and for a key that was used otherwise; GraphQL answers with its one sentence.
        """
        run = context.dagster_run
        if run.status is not dg.DagsterRunStatus.NOT_STARTED:
            return run
        try:
            run = with_declared_tags(self._instance, run, context.workspace)
            placement(run)  # says what is wrong with the tags before a key is claimed
            chosen = run_for_key(self._instance, run)
            if chosen.run_id == run.run_id:
                return put_into_queue(self._instance, run)
        except InvalidInput as error:
            raise refused(self._instance, run, error) from None
        self._instance.delete_run(run.run_id)
        return chosen

    def cancel_run(self, run_id: str) -> bool:
        """Stop a run that waits or runs. False when it has ended."""
        return stop_run(self._instance, run_id)
