"""The whole table of attempts: which hooks are called in which order, and what the run leaves."""

from typing import Any
from uuid import uuid4

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import attempts
from buster_jobs.packages.database.server.unavailable import DatabaseUnavailable
from buster_jobs.runtime.testing import TaskResult, run_task
from buster_jobs_tests.runtime.support import hooked_task as sample

pytestmark = pytest.mark.usefixtures("database")

TRY = ["on_attempt"]
FAILED_TRY = ["on_attempt", "catch_error"]
GOOD_END = ["on_success", "on_complete"]
BAD_END = ["on_failure", "on_complete"]


def hooked(*, late: bool = False, **payload: Any) -> TaskResult:
    sample.calls.clear()
    sample.completions.clear()
    return run_task(sample.late if late else sample.hooked, {"key": str(uuid4())} | payload)


@pytest.mark.parametrize(
    ("payload", "calls", "status", "codes"),
    [
        pytest.param({}, [*TRY, *GOOD_END], "completed", [None], id="success"),
        pytest.param(
            {"fail_times": 2},
            [*FAILED_TRY, *FAILED_TRY, *TRY, *GOOD_END],
            "completed",
            ["INTERNAL", "INTERNAL", None],
            id="success on the third",
        ),
        pytest.param(
            {"fail_times": 9}, [*FAILED_TRY * 3, *BAD_END], "failed", ["INTERNAL"] * 3, id="attempts exhausted"
        ),
        pytest.param(
            {"fail_times": 9, "error": "refused"}, [*FAILED_TRY, *BAD_END], "failed", ["REFUSED"], id="not retryable"
        ),
        pytest.param(
            {"fail_times": 1, "error": "rate_limit", "retry_after": 7},
            [*FAILED_TRY, *TRY, *GOOD_END],
            "completed",
            ["RATE_LIMIT", None],
            id="rate limit",
        ),
        pytest.param(
            {"fail_times": 1, "error": "invalid_input"},
            [*TRY, "on_complete"],
            "rejected",
            ["INVALID_INPUT"],
            id="rejected",
        ),
        pytest.param(
            {"late": True},
            [*FAILED_TRY * 3, *BAD_END],
            "failed",
            ["TIMEOUT"] * 3,
            id="deadline passed",
        ),
        pytest.param(
            {"fail_times": 9, "stop_at": 2},
            [*FAILED_TRY * 2, *BAD_END],
            "failed",
            ["INTERNAL"] * 2,
            id="catch_error stops",
        ),
        pytest.param(
            {"fail_times": 9, "broken": ["catch_error"]},
            [*FAILED_TRY * 3, *BAD_END],
            "failed",
            ["INTERNAL"] * 3,
            id="catch_error breaks",
        ),
        pytest.param(
            {"broken": ["on_start"]},
            ["catch_error", *TRY, *GOOD_END],
            "completed",
            ["INTERNAL", None],
            id="on_start breaks",
        ),
        pytest.param(
            {"broken": ["on_attempt"]}, [*FAILED_TRY * 3, *BAD_END], "failed", ["INTERNAL"] * 3, id="on_attempt breaks"
        ),
        pytest.param(
            {"broken": ["on_success", "on_complete"]}, [*TRY, *GOOD_END], "completed", [None], id="good end breaks"
        ),
        pytest.param(
            {"fail_times": 9, "broken": ["on_failure", "on_complete"]},
            [*FAILED_TRY * 3, *BAD_END],
            "failed",
            ["INTERNAL"] * 3,
            id="bad end breaks",
        ),
    ],
)
def test_hooks_are_called_in_order_and_every_attempt_is_kept(
    payload: dict[str, Any], calls: list[str], status: str, codes: list[str | None]
) -> None:
    result = hooked(**payload)
    assert sample.calls == ["on_start", *calls]
    assert result.job.status == status
    assert [attempt.error_code for attempt in result.job.attempt_log] == codes
    assert [attempt.number for attempt in result.job.attempt_log] == [*range(1, len(codes) + 1)]
    assert result.attempts == len(codes)
    (completion,) = sample.completions
    assert completion.status == status
    assert (result.dead_letter is None) == (status in ("completed", "rejected"))


def test_a_payload_that_the_model_refuses_calls_no_hook_and_leaves_a_dead_letter() -> None:
    result = hooked(fail_times=101)
    assert sample.calls == []
    assert result.dead_letter is not None
    assert (result.dead_letter.reason, result.dead_letter.attempts) == ("invalid_payload", 0)
    assert result.dead_letter.payload["fail_times"] == 101


def test_attempts_have_their_times() -> None:
    times = [(a.started_at, a.finished_at) for a in hooked(fail_times=2).job.attempt_log]
    flat = [moment for pair in times for moment in pair if moment]
    assert len(flat) == 6
    assert flat == sorted(flat)


def test_an_error_in_a_hook_is_recorded_without_its_secret() -> None:
    result = hooked(broken=["on_success", "on_complete"])
    assert result.success
    assert result.job.hook_errors == (
        "on_success: RuntimeError: on_success broke, token=***",
        "on_complete: RuntimeError: on_complete broke, token=***",
    )


def test_catch_error_may_change_the_delay(capfd: pytest.CaptureFixture[str]) -> None:
    assert hooked(fail_times=1, delay=77).success
    assert "Trying again in 77 s." in capfd.readouterr().err


def test_a_dead_letter_holds_the_payload_as_received_and_the_stack_apart() -> None:
    result = hooked(fail_times=9, error="with_password")
    letter = result.dead_letter
    assert letter is not None
    assert letter.payload == result.job.metadata
    assert (letter.reason, letter.error_code, letter.state, letter.attempts) == ("exception", "INTERNAL", "open", 3)
    assert letter.attempt_log == result.job.attempt_log
    assert letter.stack is not None
    assert "make_error" in letter.stack or "hooked" in letter.stack
    assert "hunter2" not in f"{letter}"


def test_a_passed_deadline_is_a_reason_of_its_own() -> None:
    letter = hooked(late=True).dead_letter
    assert letter is not None
    assert (letter.reason, letter.error) == ("timeout", "The attempt passed its deadline of 0.2 s.")


def test_a_failed_run_leaves_one_alert_and_that_of_a_critical_task_is_urgent(database: Engine) -> None:
    first = hooked(fail_times=9).run.run_id
    hooked(fail_times=1, error="invalid_input")
    second = run_task(sample.critical, {"key": str(uuid4())}).run.run_id
    with database.connect() as connection:
        alerts = connection.execute(text("SELECT run_id, urgent FROM buster.ops_alerts ORDER BY id")).all()
    assert [tuple(alert) for alert in alerts] == [(first, False), (second, True)]


def test_every_run_has_one_metric(database: Engine) -> None:
    rejected = {"fail_times": 1, "error": "invalid_input"}
    payloads: list[dict[str, Any]] = [{}, {"fail_times": 1}, {"fail_times": 9}, rejected]
    for payload in payloads:
        hooked(**payload)
    query = "SELECT task, status, attempts, error_code, duration_seconds >= 0 FROM buster.task_metrics ORDER BY id"
    with database.connect() as connection:
        assert [tuple(row) for row in connection.execute(text(query))] == [
            ("hooked", "completed", 1, None, True),
            ("hooked", "completed", 2, None, True),
            ("hooked", "failed", 3, "INTERNAL", True),
            ("hooked", "rejected", 1, "INVALID_INPUT", True),
        ]


def test_the_ui_finds_runs_that_failed_or_were_tried_again() -> None:
    with dg.instance_for_test() as instance:
        run = sample.hooked.execute_in_process(
            run_config={"key": str(uuid4()), "fail_times": 9, "error": "refused"},
            raise_on_error=False,
            instance=instance,
        )
        stored = instance.get_run_by_id(run.run_id)
    assert stored is not None
    assert stored.tags[run_tags.ERROR_CODE] == "REFUSED"


def test_an_attempt_that_could_not_be_counted_is_tried_again(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    begin, tries = attempts.begin_attempt, list[int]()

    def away_at_first(**given: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseUnavailable("PostgreSQL is starting or stopping; try again in a moment.")
        return begin(**given)

    monkeypatch.setattr(attempts, "begin_attempt", away_at_first)
    result = hooked()
    assert (result.success, result.attempts, len(tries)) == (True, 1, 2)
