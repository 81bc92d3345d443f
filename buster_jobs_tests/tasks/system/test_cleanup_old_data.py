"""`cleanup_old_data` as a run: it shows before it deletes, and takes Dagster's own history along."""

from collections.abc import Generator
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.definitions import defs
from buster_jobs.packages.database.runs.alerts import begin_deliveries, gather
from buster_jobs.packages.database.runs.idempotency import KeyClaim, claim_key
from buster_jobs.packages.errors import Unavailable
from buster_jobs.packages.retention import tallies
from buster_jobs.packages.retention.values import Freed
from buster_jobs.packages.warehouse.orphaned_schemas import drop_orphaned_schemas
from buster_jobs.runtime.start import open_instance
from buster_jobs.runtime.testing import TaskResult, run_task
from buster_jobs.tasks.system.cleanup_old_data import cleanup_old_data
from buster_jobs_tests.support.old_rows import old_job, run_ids


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with open_instance() as opened:
        opened.wipe()
        yield opened


@pytest.fixture(autouse=True)
def _nothing_of_other_tests(database: Engine) -> None:
    list(drop_orphaned_schemas())


def old_run(instance: dg.DagsterInstance, database: Engine, days: float = 31) -> str:
    """The id of a run that ended so long ago, and said so in its log and its output."""

    @dg.op
    def shout() -> None:
        print("hello")

    @dg.job  # pyright: ignore[reportUnknownMemberType] - Dagster's signature has an open PathLike
    def old() -> None:
        shout()

    run_id = old.execute_in_process(instance=instance).run_id
    with database.begin() as connection:
        connection.execute(
            text("UPDATE public.runs SET update_timestamp = update_timestamp - make_interval(secs => :s) "
                 "WHERE run_id = :run_id"),
            {"s": days * 86_400, "run_id": run_id},
        )  # fmt: skip
    return run_id


def rows(result: TaskResult) -> dict[str, int]:
    return {freed["subject"]: freed["rows"] for freed in result.output["freed"]}


def test_the_first_run_of_the_schedule_only_says_what_the_next_will_delete(database: Engine) -> None:
    old = old_job(database, 100)
    first = run_task(cleanup_old_data, {})
    assert first.success
    assert (first.output["dry_run"], first.output["rows"]) == (True, 0)
    [shown] = [one for one in first.output["expired"] if one["rule"] == "job_records"]
    assert (shown["rows"], shown["days"], shown["oldest"]) == (1, 90, shown["newest"])
    assert old in run_ids(database, "jobs")
    gather(["log"])
    [told] = begin_deliveries("log")
    assert "would now delete: 1 job_records" in told.content["messages"][0]
    second = run_task(cleanup_old_data, {})
    assert (second.output["dry_run"], second.output["finished"]) == (False, True)
    assert rows(second) == {"job_records": 1}
    assert second.output["bytes"] > 0
    assert old not in run_ids(database, "jobs")
    gather(["log"])
    assert begin_deliveries("log") == []


def test_the_first_run_deletes_nothing_also_when_it_is_tried_again(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_job(database, 100)
    answers = iter([Unavailable("The database is away.")])

    read = tallies.freed_by

    def freed_by(run_id: str) -> list[Freed]:
        if error := next(answers, None):
            raise error
        return read(run_id)

    monkeypatch.setattr(tallies, "freed_by", freed_by)
    first = run_task(cleanup_old_data, {})
    assert first.attempts == 2
    assert first.output["dry_run"] is True
    assert old in run_ids(database, "jobs")


def test_a_manual_run_may_be_dry_at_any_time_and_real_at_once(database: Engine) -> None:
    old_job(database, 100)
    assert rows(run_task(cleanup_old_data, {"dry_run": True})) == {}
    assert rows(run_task(cleanup_old_data, {"dry_run": False})) == {"job_records": 1}


def test_old_runs_go_with_their_events_and_their_output(
    instance: dg.DagsterInstance, database: Engine, state_dir: Path
) -> None:
    old, young = old_run(instance, database), old_run(instance, database, days=29)
    output = state_dir / "compute_logs" / old
    assert any(output.rglob("*.out"))
    result = run_task(cleanup_old_data, {"dry_run": False})
    assert rows(result) == {"run_history": 1}
    assert result.output["bytes"] > 1_000
    assert instance.get_run_by_id(old) is None
    assert list(instance.all_logs(old)) == []
    assert not output.exists()
    assert instance.get_run_by_id(young) is not None
    assert list(instance.all_logs(young)) != []


def test_a_run_stays_while_an_idempotency_key_stands_for_it(instance: dg.DagsterInstance, database: Engine) -> None:
    run_id = old_run(instance, database)
    claim_key(KeyClaim("old", "a key", run_id, "hash"))
    result = run_task(cleanup_old_data, {"dry_run": False})
    [shown] = [one for one in result.output["expired"] if one["rule"] == "run_history"]
    assert (shown["rows"], shown["in_use"]) == (0, 1)
    assert instance.get_run_by_id(run_id) is not None


def test_the_run_that_holds_the_newest_materialization_of_an_asset_stays(
    instance: dg.DagsterInstance, database: Engine
) -> None:
    @dg.asset
    def numbers() -> int:
        return 1

    older, newest = (dg.materialize([numbers], instance=instance).run_id for _ in range(2))
    with database.begin() as connection:
        connection.execute(text("UPDATE public.runs SET update_timestamp = now() - interval '40 days'"))
    assert rows(run_task(cleanup_old_data, {"dry_run": False})) == {"run_history": 1}
    assert instance.get_run_by_id(older) is None
    assert instance.get_run_by_id(newest) is not None
    assert instance.get_latest_materialization_event(numbers.key) is not None


def test_the_clean_up_runs_every_night_by_default() -> None:
    [schedule] = [one for one in defs.schedules or () if one.name == "cleanup_old_data_schedule"]
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("20 3 * * *", "UTC")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
