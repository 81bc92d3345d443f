"""Views and outcomes of their refreshes, as frozen values. Its imports are light, because tasks load it."""

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
    """A registered view. `query` is as written, `sql` as the guard rewrote it, `reads` are the relations in it."""

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
        """A hash of everything whose change makes a rebuild necessary."""
        return hashlib.sha256(json.dumps([self.sql, self.unique_key]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Built:
    """A successful refresh. `columns` are names and types, in order."""

    how: How
    rows: int
    bytes: int
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a refresh ended: "failed" keeps the last content; "skipped" means that a view that it reads failed.

    `retryable` says whether a retry can help.
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
