"""Replays: a letter runs again once, whoever asks and how often, and says whose replay it is."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages import run_tags
from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter
from buster_jobs.packages.database.runs.letter_values import LetterFilter
from buster_jobs.runtime.engine.queueing import submission
from buster_jobs.runtime.engine.queueing.idempotency import KeyConflict
from buster_jobs.runtime.replay import Replays, replay_letter, replay_letters, replay_run_id
from buster_jobs.runtime.start import submit
from buster_jobs_tests.runtime.support import failing_location as location
from buster_jobs_tests.runtime.support.failing_runs import fresh_instance, start, start_with_key, work_all


@pytest.fixture
def instance(database: Engine) -> Generator[dg.DagsterInstance]:
    with fresh_instance() as opened:
        yield opened


@pytest.fixture
def failed(instance: dg.DagsterInstance) -> str:
    """A run that has failed."""
    run_id = start(instance, number=5)
    work_all(instance)
    location.executed.clear()
    return run_id


def replay(instance: dg.DagsterInstance, **filters: Any) -> Replays:
    waits: list[float] = []
    return replay_letters(
        LetterFilter(**filters), by="ann", instance=instance, rate=10, sleep=waits.append, module=location.__name__
    )


def test_a_replay_runs_the_payload_as_it_was_received_and_is_audited(instance: dg.DagsterInstance, failed: str) -> None:
    location.repaired.append(True)
    (run_id,) = replay(instance, ids=[failed]).run_ids
    work_all(instance)
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert (run.status.value, run.run_config) == ("SUCCESS", {"number": 5})
    assert (run.tags[run_tags.REPLAY_OF], run.tags[run_tags.REPLAYED_BY]) == (failed, "ann")
    letter = get_dead_letter(failed)
    assert (letter.state, letter.replay_run_id, letter.resolved_by) == ("replayed", run_id, "ann")
    assert letter.resolved_at is not None


def test_replaying_everything_twice_runs_it_once(instance: dg.DagsterInstance) -> None:
    runs = [start(instance, number=number) for number in range(5)]
    work_all(instance)
    location.executed.clear()
    location.repaired.append(True)
    assert len(replay(instance).run_ids) == 5
    assert replay(instance).run_ids == []
    work_all(instance)
    assert sorted(location.executed) == sorted(map(replay_run_id, runs))


def test_a_letter_that_is_replayed_from_many_places_at_once_runs_once(
    instance: dg.DagsterInstance, failed: str
) -> None:
    location.repaired.append(True)
    letter_id = get_dead_letter(failed).id

    def once(by: str) -> str | None:
        return replay_letter(letter_id, by=by, instance=instance, module=location.__name__)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(once, "abcdef"))
    assert [answer for answer in answers if answer] == [replay_run_id(failed)]
    work_all(instance)
    assert location.executed == [replay_run_id(failed)]


@pytest.mark.parametrize("moment", ["before the queue", "after the queue", "after the run"])
def test_a_crash_in_the_middle_leaves_a_letter_that_still_runs_once(
    instance: dg.DagsterInstance, failed: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    location.repaired.append(True)
    submit = submission.submit

    def crash(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
        if moment != "before the queue":
            submit(instance, run)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(submission, "submit", crash)
        with pytest.raises(KeyboardInterrupt):
            replay(instance)
    assert get_dead_letter(failed).state == "open"
    if moment == "after the run":
        work_all(instance)
    assert replay(instance).run_ids == [replay_run_id(failed)]
    work_all(instance)
    assert location.executed == [replay_run_id(failed)]
    assert not run_queue.is_queued(replay_run_id(failed))


def test_a_replay_that_fails_again_links_to_its_ancestor(instance: dg.DagsterInstance, failed: str) -> None:
    (second,) = replay(instance).run_ids
    work_all(instance)
    (third,) = replay(instance).run_ids
    work_all(instance)
    assert get_dead_letter(second).replay_of == failed
    assert get_dead_letter(third).replay_of == second
    assert get_dead_letter(third).state == "open"


def test_a_replay_takes_its_ancestors_key_over_and_belongs_to_its_group(instance: dg.DagsterInstance) -> None:
    failed = start_with_key(instance, "order-7", app="shop", **{run_tags.DELAY: "0", run_tags.PRIORITY: "5"})
    work_all(instance)
    location.repaired.append(True)
    (run_id,) = replay(instance).run_ids
    run = instance.get_run_by_id(run_id)
    assert run is not None
    assert (run.parent_run_id, run.root_run_id) == (failed, failed)
    assert {run.tags[name] for name in (run_tags.IDEMPOTENCY_KEY, "app", run_tags.PRIORITY)} == {"order-7", "shop", "5"}
    assert run_tags.DELAY not in run.tags
    assert start_with_key(instance, "order-7") == run_id
    work_all(instance)
    assert start_with_key(instance, "order-7") == run_id


def test_of_two_failed_runs_with_one_key_one_is_replayed(instance: dg.DagsterInstance) -> None:
    failed = start_with_key(instance, "order-7")
    work_all(instance)
    again = start_with_key(instance, "order-7")
    work_all(instance)
    location.executed.clear()
    location.repaired.append(True)
    done = replay(instance)
    assert done.run_ids == [replay_run_id(failed)]
    assert list(done.refused) == [str(get_dead_letter(again).id)]
    assert "stands for run " + replay_run_id(failed) in done.refused[str(get_dead_letter(again).id)]
    work_all(instance)
    assert list(replay(instance).refused) == [str(get_dead_letter(again).id)]
    work_all(instance)
    assert location.executed == [replay_run_id(failed)]
    assert instance.get_run_by_id(replay_run_id(again)) is None


def test_a_run_that_was_triggered_again_and_works_is_not_replayed(instance: dg.DagsterInstance) -> None:
    start_with_key(instance, "order-7")
    work_all(instance)
    location.repaired.append(True)
    start_with_key(instance, "order-7")
    assert replay(instance).run_ids == []
    work_all(instance)
    assert replay(instance).run_ids == []


def test_a_payload_that_is_refused_again_fails_again_and_a_letter_of_a_vanished_task_stays_open(
    instance: dg.DagsterInstance, failed: str, database: Engine
) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.failed_tasks SET task = 'gone'"))
    done = replay(instance)
    assert list(done.refused.values()) == ["Its task does not exist any more."]
    assert get_dead_letter(failed).state == "open"


def test_a_payload_that_the_task_no_longer_takes_is_refused_with_a_sentence(
    instance: dg.DagsterInstance, failed: str, database: Engine
) -> None:
    with database.begin() as connection:
        connection.execute(text("""UPDATE buster.failed_tasks SET payload = '{"colour": "red"}'"""))
    (sentence,) = replay(instance).refused.values()
    assert "colour" in sentence
    assert get_dead_letter(failed).state == "open"


def test_replays_keep_to_their_rate(instance: dg.DagsterInstance) -> None:
    for _ in range(4):
        start(instance)
    work_all(instance)
    waits: list[float] = []
    replay_letters(
        LetterFilter(), by="ann", instance=instance, rate=4, limit=3, sleep=waits.append, module=location.__name__
    )
    assert waits == [0.25, 0.25]


def test_letters_that_do_not_match_are_left(instance: dg.DagsterInstance, failed: str) -> None:
    assert replay(instance, error_code="TIMEOUT").run_ids == []
    assert get_dead_letter(failed).state == "open"


def test_a_submission_whose_key_stands_for_another_run_says_so(instance: dg.DagsterInstance) -> None:
    holder, late = start_with_key(instance, "order-7"), str(uuid4())
    with pytest.raises(KeyConflict, match=holder):
        submit(
            instance,
            "failing",
            {},
            run_id=late,
            tags={run_tags.IDEMPOTENCY_KEY: "order-7"},
            module=location.__name__,
        )
    assert instance.get_run_by_id(late) is None
