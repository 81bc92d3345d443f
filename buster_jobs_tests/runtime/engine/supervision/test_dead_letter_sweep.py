"""Whatever way a run ended badly, it has one dead letter; also when its process could not leave it."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.cursors import save_cursor
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter, list_dead_letters
from buster_jobs.packages.database.runs.jobs import create_job, get_job_by_run_id
from buster_jobs.packages.database.runs.letter_values import LetterFilter
from buster_jobs.runtime.engine.outcomes import end_as_broken, end_as_canceled, end_as_expired, end_as_lost
from buster_jobs.runtime.engine.supervision.dead_letter_sweep import sweep_unclosed
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, new_run, start, sweep, work_all


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with fresh_instance() as opened:
        yield opened


def started(instance: dg.DagsterInstance) -> dg.DagsterRun:
    run = new_run(instance, {"number": 7})
    instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", run.job_name, message="Started."), run.run_id)
    return instance.get_run_by_id(run.run_id) or run


def crash(instance: dg.DagsterInstance) -> str:
    run = started(instance)
    instance.report_run_failed(run, "The worker is gone.")
    return run.run_id


def cancel(instance: dg.DagsterInstance) -> str:
    run = started(instance)
    instance.report_run_canceled(run)
    return run.run_id


def expire(instance: dg.DagsterInstance) -> str:
    run = new_run(instance, {"number": 7})
    instance.add_run_tags(run.run_id, {run_tags.OUTCOME: "expired"})
    instance.report_run_failed(run, "Too late.")
    return run.run_id


def not_launched(instance: dg.DagsterInstance) -> str:
    run = new_run(instance, {"number": 7})
    instance.report_run_failed(run, "No code server, token=abc-7f3a91.")
    return run.run_id


def end_as_lost_thrice(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    end_as_lost(instance, run, "Its worker was lost three times.")


@pytest.mark.parametrize(
    ("end", "reason", "code", "status"),
    [
        (crash, "crash", "CRASH", "failed"),
        (cancel, "canceled", "CANCELED", "canceled"),
        (expire, "expired", "EXPIRED", "expired"),
        (not_launched, "exception", "LAUNCH_FAILED", "failed"),
    ],
)
def test_the_sweep_leaves_the_letter_that_the_process_could_not_leave(
    instance: dg.DagsterInstance, end: Callable[[dg.DagsterInstance], str], reason: str, code: str, status: str
) -> None:
    run_id = end(instance)
    assert (sweep(instance), sweep(instance)) == (1, 0)
    letter = get_dead_letter(run_id)
    assert (letter.reason, letter.error_code, letter.payload) == (reason, code, {"number": 7})
    assert get_job_by_run_id(run_id).status == status
    assert "abc-7f3a91" not in f"{letter}"


@pytest.mark.parametrize(
    ("end", "reason", "code"),
    [
        (end_as_canceled, "canceled", "CANCELED"),
        (end_as_expired, "expired", "EXPIRED"),
        (end_as_broken, "exception", "CODE"),
        (end_as_lost_thrice, "crash", "CRASH"),
    ],
)
def test_a_run_that_is_ended_from_outside_has_its_letter_at_once(
    instance: dg.DagsterInstance, end: Callable[[dg.DagsterInstance, dg.DagsterRun], None], reason: str, code: str
) -> None:
    run = started(instance)
    end(instance, run)
    letter = get_dead_letter(run.run_id)
    assert (letter.reason, letter.error_code) == (reason, code)
    assert sweep(instance) == 0


def test_ending_a_run_that_has_its_outcome_changes_nothing(instance: dg.DagsterInstance) -> None:
    run_id = start(instance)
    work_all(instance)
    before = get_dead_letter(run_id)
    run = instance.get_run_by_id(run_id)
    assert run is not None
    end_as_canceled(instance, run)
    assert get_dead_letter(run_id) == before
    assert before.reason == "exception"


def test_a_failed_run_of_a_worker_has_its_letter_before_any_sweep(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, number=5)
    work_all(instance)
    letter = get_dead_letter(run_id)
    assert (letter.reason, letter.error, letter.payload, letter.attempts) == (
        "exception",
        "RuntimeError: Out of order.",
        {"number": 5},
        1,
    )
    assert sweep(instance) == 0


def test_a_payload_that_only_the_model_refuses_leaves_a_letter(instance: dg.DagsterInstance) -> None:
    run_id = start(instance, number=101)
    work_all(instance)
    assert get_dead_letter(run_id).reason == "invalid_payload"


def test_an_outcome_that_could_not_be_recorded_while_the_database_was_away_is_recorded_later_as_it_was(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    run_id = start(instance)
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE buster.failed_tasks RENAME TO away"))
    try:
        work_all(instance)
    finally:
        with database.begin() as connection:
            connection.execute(text("ALTER TABLE buster.away RENAME TO failed_tasks"))
    assert get_job_by_run_id(run_id).status == "running"
    assert sweep(instance) == 1
    letter = get_dead_letter(run_id)
    assert (letter.reason, letter.error_code, letter.error) == (
        "exception",
        "INTERNAL",
        "INTERNAL: RuntimeError: Out of order.",
    )
    assert get_job_by_run_id(run_id).status == "failed"


def test_more_runs_than_fit_into_a_batch_are_each_found_once(instance: dg.DagsterInstance, database: Engine) -> None:
    runs = {crash(instance) for _ in range(12)}
    with database.begin() as connection:  # all in one instant
        connection.execute(
            text("UPDATE public.runs SET update_timestamp = (SELECT max(update_timestamp) FROM public.runs)")
        )
    assert sweep(instance, batch=5) == 12
    assert {letter.run_id for letter in list_dead_letters(LetterFilter())} == runs


def test_a_run_that_ends_after_a_sweep_is_found_by_the_next(instance: dg.DagsterInstance) -> None:
    crash(instance)
    assert sweep(instance) == 1
    later = crash(instance)
    assert sweep(instance) == 1
    assert get_dead_letter(later).reason == "crash"


def test_a_clock_that_was_ahead_for_a_moment_hides_no_later_failure(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    crash(instance)
    with database.begin() as connection:  # by a host whose clock was ahead, and is right again
        connection.execute(text("UPDATE public.runs SET update_timestamp = update_timestamp + interval '1 hour'"))
    assert sweep(instance, ahead=timedelta(hours=2)) == 1
    later = crash(instance)
    assert sweep(instance) == 1
    assert get_dead_letter(later).reason == "crash"


def test_a_cursor_that_is_ahead_counts_as_now(instance: dg.DagsterInstance) -> None:
    save_cursor("dead_letter_sweep", (datetime.now(UTC) + timedelta(hours=1)).isoformat())
    crash(instance)
    assert sweep(instance) == 1


def test_a_record_that_stays_open_is_closed_wherever_the_cursor_stands(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    run_id = crash(instance)
    create_job(type="failing", status="running", run_id=run_id)
    with database.begin() as connection:  # by a host whose clock is behind
        connection.execute(text("UPDATE public.runs SET update_timestamp = update_timestamp - interval '1 hour'"))
    save_cursor("dead_letter_sweep", datetime.now(UTC).isoformat())
    assert (sweep(instance), sweep_unclosed(instance)) == (0, 0)
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.jobs SET updated_at = updated_at - interval '11 minutes'"))
    assert (sweep_unclosed(instance), sweep_unclosed(instance)) == (1, 0)
    assert get_dead_letter(run_id).reason == "crash"


def test_the_record_of_a_run_that_goes_on_stays_open(instance: dg.DagsterInstance, database: Engine) -> None:
    create_job(type="failing", status="running", run_id=started(instance).run_id)
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.jobs SET updated_at = updated_at - interval '1 day'"))
    assert sweep_unclosed(instance) == 0


def test_a_trigger_that_was_refused_is_no_failure(instance: dg.DagsterInstance) -> None:
    run = new_run(instance)
    instance.add_run_tags(run.run_id, {run_tags.OUTCOME: "refused"})
    instance.report_run_canceled(run)
    assert sweep(instance) == 0
