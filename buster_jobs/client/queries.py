"""The GraphQL queries that the client sends. All are Dagster's own, so any webserver understands them."""

_LAUNCHED = """
fragment Launched on LaunchRunResult {
  __typename
  ... on LaunchRunSuccess { run { runId } }
  ... on RunConfigValidationInvalid {
    errors {
      reason
      path
      ... on FieldNotDefinedConfigError { fieldName }
      ... on FieldsNotDefinedConfigError { fieldNames }
      ... on MissingFieldConfigError { field { name } }
      ... on MissingFieldsConfigError { fields { name } }
    }
  }
  ... on PythonError { className message }
}
"""

LAUNCH = (
    "mutation($all: [ExecutionParams!]!) { launchMultipleRuns(executionParamsList: $all) { __typename \
... on LaunchMultipleRunsResult { launchMultipleRunsResult { ...Launched } } } }"
    + _LAUNCHED
)

TASKS = """
query($repository: RepositorySelector!) {
  repositoryOrError(repositorySelector: $repository) {
    __typename
    ... on Repository { jobs { name metadataEntries { label ... on JsonMetadataEntry { jsonString } } } }
  }
}"""

STATUS = "query($id: ID!) { runOrError(runId: $id) { __typename ... on Run { status } } }"

RUN = """
query($id: ID!, $after: String) {
  runOrError(runId: $id) {
    __typename
    ... on Run {
      runId
      jobName
      status
      tags { key value }
      creationTime
      startTime
      endTime
      eventConnection(afterCursor: $after, limit: 1000) {
        cursor
        hasMore
        events {
          __typename
          ... on MessageEvent { message }
          ... on ExecutionStepOutputEvent { metadataEntries { ...Entry } }
          ... on ExecutionStepFailureEvent { failureMetadata { description metadataEntries { ...Entry } } }
        }
      }
    }
  }
}
fragment Entry on MetadataEntry {
  label
  ... on JsonMetadataEntry { jsonString }
  ... on IntMetadataEntry { intRepr }
  ... on TextMetadataEntry { text }
}"""

CANCEL = """
mutation($id: String!) {
  terminateRun(runId: $id) { __typename }
}"""
