"""Delays, time limits, concurrency keys and queues, as runs meet them."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.running_system import System


def test_a_delayed_run_does_not_start_before_it_is_due(system: System) -> None:
    asked = time.time()
    run_id = system.launch("naps", {"buster/delay": "3"})
    at = datetime.now(UTC) + timedelta(seconds=3)
    other = system.launch("naps", {"buster/at": at.isoformat()})
    assert system.wait(run_id) == system.wait(other) == "SUCCESS"
    assert system.times(run_id)["began"] - asked >= 3
    assert system.times(other)["began"] >= at.timestamp()
    assert any(line.startswith("Waits until it is due") for line in system.errors(run_id))


def test_a_run_that_cannot_start_in_time_expires_with_an_outcome_of_its_own(system: System) -> None:
    first = system.launch("one_at_a_time", key="ttl", gate="the other is late")
    second = system.launch("one_at_a_time", {"buster/ttl": "1"}, key="ttl")
    assert system.wait(second) == "FAILURE"
    assert system.job(second).status == "expired"
    system.open_gate("the other is late")
    assert system.wait(first) == "SUCCESS"
    assert system.effects(second) == []


def test_runs_of_one_key_follow_each_other_in_the_order_of_arrival(system: System) -> None:
    runs = [system.launch("one_at_a_time", key="order", seconds=0.2) for _ in range(5)]
    assert {system.wait(run_id) for run_id in runs} == {"SUCCESS"}
    times = [system.times(run_id) for run_id in runs]
    for earlier, later in pairwise(times):
        assert earlier["ended"] <= later["began"]


def test_long_tasks_and_fifty_blocked_runs_do_not_hold_the_others_up(system: System) -> None:
    in_the_way = [system.launch("naps_long", seconds=300) for _ in range(3)]
    in_the_way.append(system.launch("one_at_a_time", key="fifty", seconds=300))
    blocked = [system.launch("one_at_a_time", key="fifty", seconds=0.01) for _ in range(50)]
    assert system.wait(system.launch("naps", number=3)) == "SUCCESS"
    assert set(system.statuses(*blocked).values()) == {"QUEUED"}
    until(lambda: list(system.statuses(*in_the_way[:3]).values()).count("QUEUED") == 1, "both long workers work")
    for run_id in in_the_way:
        system.cancel(run_id)
    assert {system.wait(run_id) for run_id in in_the_way} == {"CANCELED"}
    assert {system.wait(run_id) for run_id in blocked} == {"SUCCESS"}


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("buster/delay", "soon"),
        ("buster/delay", "nan"),
        ("buster/delay", "1e300"),
        ("buster/at", "tomorrow"),
        ("buster/at", "2031-05-17T09:30:00"),
        ("buster/ttl", "ever"),
        ("buster/priority", "first"),
        ("buster/priority", "1e12"),
        ("buster/concurrency", "[1"),
        ("buster/concurrency", '{"a": "b"}'),
        ("buster/queue", "nobody-works-on-this"),
        ("buster/dealy", "60"),
    ],
)
def test_a_wrong_tag_is_an_error_that_names_it_and_no_run_is_left_waiting(system: System, tag: str, value: str) -> None:
    answer = system.try_launch("naps", {tag: value})
    assert answer["__typename"] == "PythonError"
    assert tag in answer["message"]
    assert system.unfinished_with_tag(tag, value) == []
