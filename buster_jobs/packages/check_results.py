"""What a check of data says. Who checks what stands in the packages; how it is shown stands in runtime/checks.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether a check passed, and why. `warning` says that a failure is worth a look and no more.

    `details` are lines about single tables or columns; `numbers` are plotted over time. None holds a value of a row.
    """

    passed: bool
    description: str
    warning: bool = False
    details: Sequence[str] = ()
    numbers: Mapping[str, int | float] = field(default_factory=dict[str, int | float])


def of_findings(
    found: Sequence[str], checked: int, what: str, *, too_large: int = 0, warning: bool = False
) -> CheckResult:
    """The result of checking so many `what` ("tables"), each of `found` a line about one that is not right.

    `too_large` of them could not be looked at in time.
    """
    if found:
        description = f"{len(found)} of {checked} {what}: {found[0]}"
    else:
        description = f"All {checked} {what} are right." if checked else f"There are no {what} to check."
    if too_large:
        description += f" {too_large} could not be looked at in time."
    numbers = {"checked": checked - too_large, "wrong": len(found), "too_large": too_large}
    return CheckResult(not found, description, warning, found, numbers)
