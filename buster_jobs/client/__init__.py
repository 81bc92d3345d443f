"""What an app imports to trigger jobs. Imports no Dagster, no database, and nothing that takes long to import."""

from buster_jobs.client.client import Client
from buster_jobs.client.errors import (
    IdempotencyConflict,
    InvalidPayload,
    ReplayRefused,
    RunNotFound,
    TriggerRefused,
    UnknownTask,
    WaitTimedOut,
    WebserverError,
    WebserverUnavailable,
)
from buster_jobs.client.values import BatchItem, BatchResult, Run, RunHandle, Status

__all__ = [
    "BatchItem",
    "BatchResult",
    "Client",
    "IdempotencyConflict",
    "InvalidPayload",
    "ReplayRefused",
    "Run",
    "RunHandle",
    "RunNotFound",
    "Status",
    "TriggerRefused",
    "UnknownTask",
    "WaitTimedOut",
    "WebserverError",
    "WebserverUnavailable",
]
