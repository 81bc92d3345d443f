"""How GraphQL answers a trigger that is refused: with one sentence, without a traceback."""

import sys

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import InvalidInput


def refused(instance: dg.DagsterInstance, run: dg.DagsterRun, error: InvalidInput) -> Exception:
    """The error to raise in place of `error`. The run, which Dagster then marks as failed, says that it was refused."""
    instance.add_run_tags(run.run_id, {run_tags.OUTCOME: "refused"})
    if "dagster_graphql.schema" not in sys.modules:  # a daemon, or a test: no GraphQL request
        return error
    return _as_answer(error)


def _as_answer(error: InvalidInput) -> Exception:
    # Whatever is no such error is answered with a traceback.
    from dagster_graphql.implementation.utils import UserFacingGraphQLError
    from dagster_graphql.schema.errors import GraphenePythonError

    class TriggerRefused(InvalidInput, UserFacingGraphQLError):
        """Our sentence, as GraphQL's own error."""

    answer = TriggerRefused(error.message)
    answer.error = GraphenePythonError(SerializableErrorInfo(error.message, [], type(error).__name__))
    return answer
