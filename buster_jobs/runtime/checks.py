"""The decorator that turns a function into the checks of an asset: a step after the asset's own, whose results the UI
shows. Failed checks are told to operators. packages/ decides what is checked.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.packages.redaction import redact
from buster_jobs.runtime.attempts.deadline import deadline as time_limit
from buster_jobs.runtime.attempts.interruption import interruptible
from buster_jobs.runtime.attempts.problem import describe

_NOTHING = CheckResult(passed=True, description="There is nothing to check.")


def asset_checks(
    asset: dg.AssetsDefinition, checks: Mapping[str, str], *, deadline: float = 600
) -> Callable[[Callable[[str], Mapping[str, CheckResult]]], dg.AssetChecksDefinition]:
    """Make checks of one function `(partition) -> results by name`. `checks` gives each check's name and description.

    They run whenever the asset's partition is materialized, and on demand. A check without a result found nothing to
    check. `deadline` is in seconds. An error fails the checks, and never the run: the asset's content is what it is.
    """

    def decorate(function: Callable[[str], Mapping[str, CheckResult]]) -> dg.AssetChecksDefinition:
        specs = _specs(asset, checks)

        @dg.multi_asset_check(name=function.__name__, specs=specs, description=function.__doc__, config_schema={})
        def compute(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
            partition = context.partition_key
            results = _results(function, partition, checks, deadline)
            _tell(asset.key.to_user_string(), partition, results)
            for name in checks:
                yield _shown(asset.key, name, results.get(name, _NOTHING))

        return compute

    return decorate


def _specs(asset: dg.AssetsDefinition, checks: Mapping[str, str]) -> Sequence[dg.AssetCheckSpec]:
    with warnings.catch_warnings():
        # Dagster may still change checks of partitions; the exact pin in pyproject.toml is what makes that harmless.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return [
            dg.AssetCheckSpec(name, asset=asset, description=what, partitions_def=asset.partitions_def)
            for name, what in checks.items()
        ]


def _results(
    function: Callable[[str], Mapping[str, CheckResult]], partition: str, checks: Mapping[str, str], seconds: float
) -> Mapping[str, CheckResult]:
    try:
        with time_limit(seconds), interruptible():
            return function(partition)
    except Exception as error:  # noqa: BLE001 - whatever it was, nothing is known of what was to be checked
        why = CheckResult(passed=False, description=f"It could not be checked. {redact(describe(error).message)}")
        return dict.fromkeys(checks, why)


def _tell(asset: str, partition: str, results: Mapping[str, CheckResult]) -> None:
    from buster_jobs.packages.ops.alerts import notify_ops  # with SQLAlchemy, which takes long to import

    failed = [f"{name}: {result.description}" for name, result in results.items() if not result.passed]
    if failed:
        urgent = any(not result.passed and not result.warning for result in results.values())
        message = f"{len(failed)} of {len(results)} checks of {asset} failed for {partition}"
        notify_ops(message, error=" ".join(failed), kind=f"checks of {asset}", urgent=urgent)


def _shown(asset: dg.AssetKey, name: str, result: CheckResult) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity.WARN if result.warning else dg.AssetCheckSeverity.ERROR
    metadata: dict[str, Any] = dict(result.numbers)
    if result.details:
        metadata["details"] = dg.MetadataValue.md("\n".join(f"- {line}" for line in result.details))
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=result.passed,
        severity=severity,
        description=result.description,
        metadata=metadata,
    )
