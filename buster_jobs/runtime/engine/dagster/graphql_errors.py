"""How GraphQL answers a trigger that is refused: with one sentence, without a traceback."""

import sys

from dagster_shared.error import SerializableErrorInfo

from buster_jobs.packages.errors import InvalidInput


def graphql_error(error: InvalidInput) -> Exception:
    """The error to raise in place of `error`: GraphQL's own where GraphQL asks, since it shows others as tracebacks."""
    if "dagster_graphql.schema" not in sys.modules:  # a daemon, or a test: no GraphQL request
        return error
    from dagster_graphql.implementation.utils import UserFacingGraphQLError
    from dagster_graphql.schema.errors import GraphenePythonError

    class TriggerRefused(InvalidInput, UserFacingGraphQLError):
        """Our sentence, as GraphQL's own error."""

    answer = TriggerRefused(error.message)
    answer.error = GraphenePythonError(SerializableErrorInfo(error.message, [], type(error).__name__))
    return answer
