"""Results of checks of data. Packages check; runtime/checks.py shows results in Dagster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether a check passed, and why. With `warning`, a failure is only a warning.

    `details` are lines about single tables or columns; `numbers` are plotted over time. They never contain values of
    rows.
    """

    passed: bool
    description: str
    warning: bool = False
    details: Sequence[str] = ()
    numbers: Mapping[str, int | float] = field(default_factory=dict[str, int | float])


def of_findings(
    found: Sequence[str], checked: int, what: str, *, too_large: int = 0, warning: bool = False
) -> CheckResult:
    """The result of a check of `checked` `what`, such as "tables". `found` has a line for each one that is wrong.

    `too_large` of them could not be checked in time.
    """
    if found:
        description = f"{len(found)} of {checked} {what}: {found[0]}"
    else:
        description = f"All {checked} {what} are right." if checked else f"There are no {what} to check."
    if too_large:
        description += f" {too_large} could not be looked at in time."
    numbers = {"checked": checked - too_large, "wrong": len(found), "too_large": too_large}
    return CheckResult(not found, description, warning, found, numbers)
