"""The client's parameters and results: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from buster_jobs.packages.errors import BusterError

Status = Literal["waiting", "running", "canceling", "completed", "rejected", "failed", "expired", "refused", "canceled"]
"""The states of a run. The last six are final."""

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunHandle:
    """An accepted trigger. `idempotency_key` is the caller's, or the one that was generated for this trigger."""

    run_id: str
    task: str
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One trigger of a batch, where it needs more than its payload."""

    payload: Payload
    idempotency_key: str | None = None

    def __repr__(self) -> str:
        return f"BatchItem(idempotency_key={self.idempotency_key!r})"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The result of one trigger, at place `index` of the batch: a handle, or an error.

    `idempotency_key` is None only where none was given and nothing was sent.
    """

    index: int
    idempotency_key: str | None
    handle: RunHandle | None = None
    error: BusterError | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run at the moment it was retrieved. Times in the future are None.

    `result` is what the task returned, as JSON values, once `status` is "completed"; for "rejected" it is
    `{"success": False, "error": …, "code": …}`. `error` is a sentence and `error_code` is upper case, where there are
    any. `attempts` counts the attempts of steps that have ended.
    """

    run_id: str
    task: str
    status: Status
    result: Any
    error: str | None
    error_code: str | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_final(self) -> bool:
        """Whether the run has ended."""
        return self.status not in ("waiting", "running", "canceling")

    @property
    def success(self) -> bool:
        """Whether the task completed its work."""
        return self.status == "completed"

    def __repr__(self) -> str:
        return f"Run(run_id={self.run_id!r}, task={self.task!r}, status={self.status!r})"
