"""Checks of an asset: results that the UI shows, failures that operators hear of, errors that fail no run."""

import dagster as dg
import pytest
from sqlalchemy import Engine

from buster_jobs.packages.check_results import CheckResult, of_findings
from buster_jobs.packages.database.runs.alerts import begin_deliveries, gather
from buster_jobs.packages.errors import Unavailable
from buster_jobs.runtime import asset_checks

PLACES = dg.StaticPartitionsDefinition(["here", "broken"])


@dg.asset(partitions_def=PLACES)
def numbers() -> int:
    return 1


@asset_checks(numbers, {"positive": "They are positive", "even": "They are even", "other": "Something else"})
def number_checks(partition: str) -> dict[str, CheckResult]:
    """Look at the numbers."""
    if partition == "broken":
        raise Unavailable("The database at postgresql://bob:hunter2@db cannot be reached.")
    return {
        "positive": CheckResult(True, "All are positive."),
        "even": of_findings(["seven is odd."], 2, "numbers", too_large=1, warning=True),
    }


def evaluations(partition: str) -> dict[str, dg.AssetCheckEvaluation]:
    result = dg.materialize([numbers, number_checks], partition_key=partition)
    assert result.success
    return {one.check_name: one for one in result.get_asset_check_evaluations()}


def told() -> list[str]:
    gather(["log"])
    return [text for delivery in begin_deliveries("log") for text in delivery.content["messages"]]


def test_results_are_shown_for_the_partition_with_what_was_found(database: Engine) -> None:
    found = evaluations("here")
    assert {name: (one.passed, one.partition) for name, one in found.items()} == {
        "positive": (True, "here"), "even": (False, "here"), "other": (True, "here")
    }  # fmt: skip
    assert found["even"].severity is dg.AssetCheckSeverity.WARN
    assert found["even"].description == "1 of 2 numbers: seven is odd. 1 could not be looked at in time."
    assert found["even"].metadata["wrong"].value == 1
    assert found["other"].description == "There is nothing to check."
    assert told() == [
        "1 of 2 checks of numbers failed for here: even: 1 of 2 numbers: seven is odd. 1 could not be looked at in "
        "time."
    ]


@pytest.mark.usefixtures("database")
def test_what_cannot_be_checked_fails_the_checks_and_not_the_run_and_tells_no_secret() -> None:
    found = evaluations("broken")
    assert {one.passed for one in found.values()} == {False}
    assert all("could not be checked" in (one.description or "") for one in found.values())
    assert "hunter2" not in "".join([*told(), *(one.description or "" for one in found.values())])
