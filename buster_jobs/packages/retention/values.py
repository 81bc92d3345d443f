"""Results of previews and clean-ups as frozen values, and the interface of a run history.

Its imports are light, because tasks have these values in their results.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from buster_jobs.packages.retention.pace import Pace


@dataclass(frozen=True, slots=True)
class Expired:
    """Rows that have expired by a rule, from `oldest` to `newest`.

    `days` is None if rows are kept for ever, 0 if they are deleted with their owner. `in_use` more rows are as old, and
    kept because live rows refer to them. `with_them` counts, by table, the rows that are deleted with these.
    """

    rule: str
    days: int | None
    rows: int
    in_use: int
    oldest: datetime | None
    newest: datetime | None
    with_them: dict[str, int] = field(default_factory=dict[str, int])

    def __str__(self) -> str:
        if self.days is None:
            return f"{self.rule}: kept for ever."
        others = "".join(f", with {count:,} {table}" for table, count in self.with_them.items())
        span = f", from {self.oldest:%Y-%m-%d} to {self.newest:%Y-%m-%d}" if self.oldest and self.newest else ""
        in_use = f"; {self.in_use:,} more are in use and stay" if self.in_use else ""
        age = f"older than {self.days} days" if self.days else "of owners that are gone"
        return f"{self.rule}: {self.rows:,} {age}{span}{others}{in_use}."


@dataclass(frozen=True, slots=True)
class Freed:
    """`subject` is a rule, or a rule and a table whose rows referred to the rule's. `bytes` are as stored."""

    subject: str
    rows: int
    bytes: int


class RunHistory(Protocol):
    """The orchestrator's run history, which the clean-up treats like a table of ours."""

    def preview(self) -> Expired:
        """What `clean` would delete now."""
        ...

    def clean(self, run_id: str, pace: "Pace") -> None:
        """Delete expired runs, counted for the run `run_id`. Raises `OutOfTime`."""
        ...
