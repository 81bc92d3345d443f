"""The coordinator: Dagster hands it every run that is submitted, and every wish to cancel one.

Dagster's stock coordinator polls; here a run that waits for nothing starts at once.
"""

import dagster as dg

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.dagster.graphql_errors import refused
from buster_jobs.runtime.engine.dagster.plugins import ConfigFreePlugin, RunCoordinator, SubmitRunContext
from buster_jobs.runtime.engine.queueing.asset_runs import with_declared_tags
from buster_jobs.runtime.engine.queueing.launcher import stop_run
from buster_jobs.runtime.engine.queueing.submission import submit


class BusterRunCoordinator(ConfigFreePlugin, RunCoordinator[dg.DagsterInstance]):
    """`run_coordinator` in dagster.yaml. Takes no configuration."""

    def submit_run(self, context: SubmitRunContext) -> dg.DagsterRun:
        """Submit a run, and answer with it, or with the run that its idempotency key already stands for.

        Raises `InvalidInput` for tags that cannot be understood, and for a key that was used otherwise; GraphQL
        answers with its one sentence.
        """
        run = context.dagster_run
        if run.status is not dg.DagsterRunStatus.NOT_STARTED:
            return run
        try:
            return submit(self._instance, with_declared_tags(self._instance, run, context.workspace))
        except InvalidInput as error:
            raise refused(self._instance, run, error) from None

    def cancel_run(self, run_id: str) -> bool:
        """Stop a run that waits or runs. False when it has ended."""
        return stop_run(self._instance, run_id)
