"""Metrics beside those of runs, and their summary."""

import pytest

from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.monitoring.metrics import log_metric, recent_metrics

pytestmark = pytest.mark.usefixtures("database")


def test_metrics_are_summed_up_by_task_and_outcome() -> None:
    for seconds in (1.0, 2.0, 9.0):
        log_metric(task="sync", status="completed", duration=seconds, queue=0.5, attempts=1)
    log_metric(task="sync", status="failed", duration=4.0, attempts=3, error_code="TIMEOUT")
    good, bad = recent_metrics()
    assert (good.task, good.status, good.runs, good.attempts) == ("sync", "completed", 3, 3)
    assert (good.duration_p50, good.queue_p95) == (2.0, 0.5)
    assert (bad.error_code, bad.runs, bad.attempts, bad.queue_p50) == ("TIMEOUT", 1, 3, None)


def test_a_metric_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="ck_task_metrics_task"):
        log_metric(task=" ", status="completed")
