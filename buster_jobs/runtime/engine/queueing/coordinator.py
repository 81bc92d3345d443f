"""The coordinator: Dagster hands it every run that is submitted, and every wish to cancel one.

Dagster's stock coordinator polls; here a run that waits for nothing starts at once.
"""

import dagster as dg

from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.runtime.engine.dagster.graphql_errors import graphql_error
from buster_jobs.runtime.engine.dagster.plugins import (
    BaseWorkspaceRequestContext,
    ConfigFreePlugin,
    RunCoordinator,
    SubmitRunContext,
)
from buster_jobs.runtime.engine.queueing.launcher import stop_run
from buster_jobs.runtime.engine.queueing.submission import submit
from buster_jobs.runtime.target import is_asset_run
from buster_jobs.runtime.task_tags import merged_tags


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
            run = self._with_declared_tags(run, context.workspace)
            return submit(self._instance, run)
        except InvalidInput as error:
            # Dagster then marks the run as failed; the tag says that it was refused.
            self._instance.add_run_tags(run.run_id, {run_tags.OUTCOME: "refused"})
            raise graphql_error(error) from None

    def cancel_run(self, run_id: str) -> bool:
        """Stop a run that waits or runs. False when it has ended."""
        return stop_run(self._instance, run_id)

    def _with_declared_tags(self, run: dg.DagsterRun, workspace: BaseWorkspaceRequestContext) -> dg.DagsterRun:
        """The run with the tags that its assets declare; Dagster gives runs the tags of jobs alone."""
        if not is_asset_run(run):
            return run
        declared = merged_tags(workspace.asset_graph.get(key).metadata for key in run.asset_selection or ())
        missing = {name: value for name, value in declared.items() if name not in run.tags}
        self._instance.add_run_tags(run.run_id, missing)
        return run.with_tags({**run.tags, **missing})
