"""Attempts, outcomes and the job record, by running real tasks with real records."""

from typing import Any
from uuid import uuid4

import dagster as dg
import pytest

from buster_jobs.runtime import task
from buster_jobs.runtime.testing import TaskResult, run_task
from buster_jobs_tests.runtime.support import sample_tasks as sample

pytestmark = pytest.mark.usefixtures("database")


def flaky(**payload: Any) -> TaskResult:
    return run_task(sample.flaky, {"key": str(uuid4())} | payload)


def retry_delays(result: TaskResult) -> int:
    return len([e for e in result.run.all_events if e.event_type is dg.DagsterEventType.STEP_UP_FOR_RETRY])


def all_text(result: TaskResult) -> str:
    return "".join(str(event) for event in result.run.all_events) + str(result.job)


def test_success_at_the_first_attempt() -> None:
    result = flaky()
    assert (result.success, result.attempts, result.error) == (True, 1, None)
    assert result.output == {"success": True, "attempt": 1}


def test_success_at_the_nth_attempt() -> None:
    result = flaky(fail_times=2)
    assert (result.success, result.attempts, retry_delays(result)) == (True, 3, 2)


def test_the_attempts_are_exhausted() -> None:
    sample.failures.clear()
    result = flaky(fail_times=3)
    assert (result.success, result.attempts) == (False, 3)
    assert result.error == "RuntimeError: Something broke."
    assert [failure.code for failure in sample.failures] == ["INTERNAL"]


def test_an_error_that_is_not_retryable_ends_at_once() -> None:
    result = flaky(fail_times=1, error="refused")
    assert (result.success, result.attempts) == (False, 1)
    assert (result.job.status, result.job.error_code) == ("failed", "REFUSED")


def test_a_rate_limit_is_tried_again() -> None:
    result = flaky(fail_times=1, error="rate_limit", retry_after=7)
    assert (result.success, result.attempts) == (True, 2)


def test_invalid_input_is_a_result_and_not_a_failure() -> None:
    sample.failures.clear()
    result = flaky(fail_times=1, error="invalid_input")
    assert result.run.success
    assert (result.success, result.attempts) == (False, 1)
    assert result.output == {"success": False, "error": "The question is empty.", "code": "INVALID_INPUT"}
    assert result.job.status == "rejected"
    assert sample.failures == []


def test_a_payload_that_only_the_model_refuses_never_starts_an_attempt() -> None:
    result = flaky(fail_times=101)
    assert (result.success, result.attempts) == (False, 0)
    assert result.job.error_code == "INVALID_PAYLOAD"
    assert result.error is not None
    assert "fail_times" in result.error


def test_a_payload_that_the_schema_refuses_is_refused_at_launch() -> None:
    with pytest.raises(dg.DagsterInvalidConfigError, match="fail_times"):
        flaky(fail_times="often")


@pytest.mark.parametrize("root", ["resources", "loggers", "execution", "ops", "inputs"])
def test_nothing_but_the_payload_is_accepted_in_run_config(root: str) -> None:
    with pytest.raises(dg.DagsterInvalidConfigError, match=root):
        flaky(**{root: {"config": {"env": "HOME"}}})


def test_a_passed_deadline_is_a_failed_attempt_that_says_so() -> None:
    result = run_task(sample.slow, {"seconds": 30})
    assert (result.success, result.attempts) == (False, 2)
    assert result.error == "The attempt passed its deadline of 0.1 s."
    assert result.job.error_code == "TIMEOUT"


def test_an_error_inside_on_failure_does_not_change_the_outcome() -> None:
    result = run_task(sample.failing_with_broken_hook, {"seconds": 0})
    assert (result.success, result.error) == (False, "Not for you.")


def test_a_run_whose_worker_is_stopped_is_recorded_as_failed() -> None:
    result = run_task(sample.interrupted, {"seconds": 0})
    assert (result.job.status, result.job.error_code) == ("failed", "INTERRUPTED")


def test_a_password_in_an_error_is_shown_nowhere() -> None:
    result = flaky(fail_times=9, error="with_password")
    assert "***" in all_text(result)
    assert "hunter2" not in all_text(result)


def test_the_record_keeps_payload_result_and_times() -> None:
    result = flaky(fail_times=1)
    job = result.job
    assert job.type == "flaky"
    assert job.metadata["fail_times"] == 1
    assert job.result == {"success": True, "attempt": 2}
    assert job.started_at is not None
    assert job.finished_at is not None
    assert job.started_at <= job.finished_at


def test_a_step_takes_its_inputs_in_the_order_of_its_parameters() -> None:
    assert run_task(sample.subtracts, {"upto": 2}).output == 18


def test_a_workflow_passes_outputs_between_its_steps() -> None:
    result = run_task(sample.counting, {"upto": 4})
    assert result.success
    assert result.output == {"count": 4, "sum": 6, "attempt": 1}


def test_a_step_that_rejects_its_input_skips_the_rest() -> None:
    sample.steps_run.clear()
    result = run_task(sample.counting, {"upto": 4, "refuse": True})
    assert sample.steps_run == ["numbers"]
    assert result.run.success
    assert result.output == {"success": False, "error": "That is too far.", "code": "INVALID_INPUT"}


def test_the_job_says_who_owns_it_and_what_it_does() -> None:
    assert sample.flaky.description == "Fail as often as asked, then succeed."
    assert sample.flaky.tags["buster/owner"] == "team:tests"


def test_a_concurrency_key_of_a_field_that_is_not_there_is_refused_when_the_task_is_defined() -> None:
    with pytest.raises(TypeError, match="names 'nope', which SlowPayload has not"):

        @task(concurrency={"k:{nope}": 1})
        def typo(payload: sample.SlowPayload) -> None: ...
