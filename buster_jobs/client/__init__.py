"""What an app imports to trigger jobs. Needs only the default install, and imports in under 0.1 s."""

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
