"""What a view is, and how its refresh went, as frozen values. Imports nothing heavy."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

Status = Literal["new", "refreshed", "failed", "skipped"]
How = Literal["created", "rebuilt", "swapped", "concurrently"]


class Relation(NamedTuple):
    """A table or view of the warehouse."""

    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class View:
    """A registered view. `query` is what was written, `sql` what the guard made of it, `reads` what is in it."""

    id: UUID
    organization_id: UUID
    name: str
    query: str
    sql: str
    unique_key: tuple[str, ...]
    reads: tuple[Relation, ...]
    built_from: str | None
    columns: tuple[tuple[str, str], ...] | None
    status: Status
    error: str | None
    rows: int | None
    bytes: int | None
    seconds: float | None
    refreshed_at: datetime | None
    attempted_at: datetime | None

    @property
    def definition(self) -> str:
        """Changes when the view has to be built anew."""
        return hashlib.sha256(json.dumps([self.sql, self.unique_key]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Built:
    """A refresh that went through. `columns` are names and types, in order."""

    how: How
    rows: int
    bytes: int
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a refresh went: refreshed; failed, and the last content stays; or skipped, because what it reads failed.

    `retryable` says that it failed for a reason that passes.
    """

    view: str
    status: Literal["refreshed", "failed", "skipped"]
    seconds: float = 0.0
    how: How | None = None
    rows: int | None = None
    bytes: int | None = None
    error: str | None = None
    retryable: bool = False

    def __str__(self) -> str:
        if self.status == "refreshed":
            return f"{self.view}: {self.rows:,} rows in {self.seconds:.2f} s ({self.how})."
        return f"{self.view}: {self.status}. {self.error}"
