"""What Dagster's UI asks for on the pages where data sources are seen, cut down to what they show. Measures nothing."""

from typing import Any

from buster_jobs_tests.support.dagster_dev import DagsterDev

TABLES = {"path": ["data_source_tables"]}

QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "catalog of assets": (
        """{ assetNodes(loadMaterializations: true) {
          assetKey { path } groupName hasMaterializePermission
          assetMaterializations(limit: 1) { timestamp runId }
          assetChecksOrError { ... on AssetChecks { checks { name } } }
          partitionStats { numMaterialized numMaterializing numPartitions numFailed } } }""",
        {},
    ),
    "an asset's partitions": (
        """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
          partitionKeysByDimension { name partitionKeys }
          assetPartitionStatuses { ... on DefaultPartitionStatuses {
            materializedPartitions materializingPartitions failedPartitions unmaterializedPartitions } } } } }""",
        {"key": TABLES},
    ),
    "an asset's last 100 events": (
        """query($key: AssetKeyInput!) { assetOrError(assetKey: $key) { ... on Asset {
          assetMaterializations(limit: 100) { runId timestamp partition metadataEntries { label } } } } }""",
        {"key": TABLES},
    ),
    "list of runs": (
        """{ runsOrError(limit: 25) { ... on Runs { results {
          id status jobName startTime endTime creationTime tags { key value } assetSelection { path }
        } } } runsCountOrError: runsOrError { ... on Runs { count } } }""",
        {},
    ),
    "automation": (
        """{ workspaceOrError { ... on Workspace { locationEntries { locationOrLoadError { ... on RepositoryLocation {
          repositories {
            sensors { name sensorState { status ticks(limit: 1) { status timestamp } } }
            schedules { name scheduleState { status ticks(limit: 1) { status timestamp } } }
        } } } } } } }""",
        {},
    ),
}
_PARTITIONS = "query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode { partitionKeys } } }"
_DRY_RUN = """
mutation($schedule: ScheduleSelector!, $at: Float) { scheduleDryRun(selectorData: $schedule, timestamp: $at) {
  ... on DryRunInstigationTick { evaluationResult { runRequests { runKey } error { message } } }
  ... on PythonError { message } } }"""


def partitions(dev: DagsterDev) -> list[str]:
    """The data sources that Dagster knows."""
    return dev.graphql(_PARTITIONS, key=TABLES)["assetNodeOrError"]["partitionKeys"]


def evaluate(dev: DagsterDev, schedule: str, at: float) -> int:
    """Evaluate a schedule as of a moment, and start nothing; how many runs it asks for."""
    selector = {"repositoryLocationName": dev.location, "repositoryName": "__repository__", "scheduleName": schedule}
    answer = dev.graphql(_DRY_RUN, schedule=selector, at=at)["scheduleDryRun"]["evaluationResult"]
    if answer["error"]:
        raise RuntimeError(answer["error"]["message"])
    return len(answer["runRequests"] or ())
