"""The run queue: order, concurrency keys, delays, expiry, and that nothing is handed out twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs import run_queue
from buster_jobs.packages.database.runs.run_queue import claim, enqueue, release
from buster_jobs.packages.database.server.engine import get_engine

pytestmark = pytest.mark.usefixtures("database")

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2120, 1, 1, tzinfo=UTC)


def take(worker: str = "w", *queues: str) -> str | None:
    taken = claim(worker, queues or ("default",))
    return taken.run_id if taken else None


def take_all(_worker: int = 0) -> list[str]:
    return list(iter(take, None))


@pytest.fixture
def at(database: Engine) -> Callable[[str, timedelta], None]:
    """Shift a run's due or expiry time as if that much time had passed."""

    earlier = "due_at = due_at - :by, expires_at = expires_at - :by"

    def shift(run_id: str, by: timedelta) -> None:
        with database.begin() as connection:
            connection.execute(
                text(f"UPDATE buster.run_queue SET {earlier} WHERE run_id = :id"),
                {"by": by, "id": run_id},
            )

    return shift


def test_runs_start_in_the_order_of_arrival() -> None:
    for run_id in "abc":
        assert enqueue(run_id, "task") == "ready"
    assert take_all() == ["a", "b", "c"]


def test_a_higher_priority_overtakes() -> None:
    enqueue("low", "task")
    enqueue("high", "task", priority=5)
    assert take_all() == ["high", "low"]


def test_a_worker_takes_only_from_its_queues() -> None:
    enqueue("sync", "task", queue="long")
    assert take("w", "default") is None
    assert take("w", "default", "long") == "sync"


def test_accepting_a_run_twice_accepts_it_once() -> None:
    assert [enqueue("a", "task"), enqueue("a", "task")] == ["ready", "ready"]
    assert take_all() == ["a"]


def test_two_hundred_runs_and_eight_workers_and_nothing_is_handed_out_twice() -> None:
    for number in range(200):
        enqueue(str(number), "task")
    with ThreadPoolExecutor(8) as pool:
        taken = [run_id for runs in pool.map(take_all, range(8)) for run_id in runs]
    assert sorted(taken, key=int) == [str(number) for number in range(200)]


def test_one_at_a_time_for_a_key_and_in_order() -> None:
    states = [enqueue(run_id, "task", concurrency={"chat:1": 1}) for run_id in "abc"]
    assert states == ["ready", "blocked", "blocked"]
    assert take_all() == ["a"]
    release("a")
    assert take_all() == ["b"]
    release("b")
    assert take_all() == ["c"]


def test_other_keys_and_runs_without_a_key_do_not_wait() -> None:
    enqueue("a", "task", concurrency={"chat:1": 1})
    enqueue("blocked", "task", concurrency={"chat:1": 1})
    assert enqueue("b", "task", concurrency={"chat:2": 1}) == "ready"
    assert enqueue("free", "task") == "ready"
    assert take_all() == ["a", "b", "free"]


def test_a_run_with_two_keys_waits_for_both() -> None:
    enqueue("chat", "task", concurrency={"chat": 1})
    enqueue("source", "task", concurrency={"source": 1})
    assert enqueue("both", "task", concurrency={"chat": 1, "source": 1}) == "blocked"
    assert take_all() == ["chat", "source"]
    release("chat")
    assert take_all() == []
    release("source")
    assert take_all() == ["both"]


def test_a_later_run_does_not_overtake_within_its_key() -> None:
    enqueue("a", "task", concurrency={"x": 1})
    enqueue("b", "task", concurrency={"y": 1})
    enqueue("both", "task", concurrency={"x": 1, "y": 1})
    assert enqueue("late", "task", concurrency={"y": 2}) == "blocked"
    assert take_all() == ["a", "b"]


def test_a_slot_is_not_lost_when_the_worker_is() -> None:
    enqueue("a", "task", concurrency={"x": 1})
    enqueue("b", "task", concurrency={"x": 1})
    assert take("dead") == "a"
    assert run_queue.give_back("a", "dead")
    assert take("alive") == "a"
    release("a")
    assert take("alive") == "b"


def test_a_run_given_back_counts_its_deliveries() -> None:
    enqueue("a", "task")
    first = claim("w1", ["default"])
    run_queue.give_back("a", "w1")
    second = claim("w2", ["default"])
    assert first is not None
    assert second is not None
    assert (first.delivery, second.delivery) == (1, 2)


def test_a_worker_that_lost_its_run_cannot_keep_it_alive_or_give_it_back() -> None:
    enqueue("a", "task")
    take("w1")
    run_queue.give_back("a", "w1")
    take("w2")
    assert run_queue.heartbeat("a", "w1") == "lost"
    assert not run_queue.give_back("a", "w1")
    assert run_queue.heartbeat("a", "w2") == "go on"


def test_a_delayed_run_starts_when_it_is_due_and_not_before(at: Callable[[str, timedelta], None]) -> None:
    due = datetime.now(UTC) + timedelta(hours=1)
    assert enqueue("later", "task", due_at=due) == "delayed"
    assert (run_queue.promote_due(), take_all()) == (0, [])
    at("later", timedelta(hours=1, seconds=1))
    assert (run_queue.promote_due(), take_all()) == (1, ["later"])


def test_a_due_time_in_the_past_is_now() -> None:
    assert enqueue("a", "task", due_at=LONG_AGO) == "ready"


def test_a_delayed_run_arrives_at_its_key_when_it_is_due(at: Callable[[str, timedelta], None]) -> None:
    enqueue("later", "task", due_at=FAR_AHEAD, concurrency={"x": 1})
    enqueue("now", "task", concurrency={"x": 1})
    at("later", timedelta(days=365 * 120))
    run_queue.promote_due()
    assert take_all() == ["now"]
    release("now")
    assert take_all() == ["later"]


def test_a_run_that_could_not_start_in_time_expires_and_frees_nothing_it_never_had(
    at: Callable[[str, timedelta], None],
) -> None:
    enqueue("a", "task", concurrency={"x": 1})
    enqueue("b", "task", concurrency={"x": 1}, expires_at=FAR_AHEAD)
    assert run_queue.expire() == []
    at("b", timedelta(days=365 * 120))
    assert run_queue.expire() == ["b"]
    assert run_queue.expire() == ["b"]  # until the supervisor has recorded it
    release("b")
    assert run_queue.expire() == []


def test_an_expired_run_is_not_handed_out_even_before_it_is_found(at: Callable[[str, timedelta], None]) -> None:
    enqueue("a", "task", expires_at=FAR_AHEAD)
    at("a", timedelta(days=365 * 120))
    assert take() is None


def test_cancelling_a_waiting_run_forgets_it_and_lets_the_next_in() -> None:
    enqueue("a", "task", concurrency={"x": 1})
    enqueue("b", "task", concurrency={"x": 1})
    assert run_queue.cancel("a")
    assert take_all() == ["b"]


def test_cancelling_a_claimed_run_leaves_it_to_its_worker() -> None:
    enqueue("a", "task")
    take()
    assert not run_queue.cancel("a")
    assert run_queue.heartbeat("a", "w") == "canceled"


def test_a_run_that_was_cancelled_is_handed_out_at_once_instead_of_waiting() -> None:
    enqueue("a", "task")
    take("w")
    run_queue.cancel("a")
    assert run_queue.suspend("a", "w", 3600)
    again = claim("w", ["default"])
    assert (again and again.run_id, again and again.canceled) == ("a", True)


def test_a_worker_that_has_beaten_since_it_was_judged_keeps_its_run() -> None:
    enqueue("a", "task")
    take("w")
    (judged,) = run_queue.claimed()
    run_queue.heartbeat("a", "w")
    for give_back in (run_queue.give_back, run_queue.give_back_overdue):
        assert not give_back("a", "w", seen=judged.heartbeat_at)
    (judged,) = run_queue.claimed()
    assert run_queue.give_back("a", "w", seen=judged.heartbeat_at)


def test_a_claim_whose_answer_was_lost_is_given_back_and_not_counted() -> None:
    enqueue("a", "task")
    take("w")
    run_queue.give_back_all("w")
    again = claim("w", ["default"])
    assert again is not None
    assert (again.run_id, again.delivery) == ("a", 1)


def test_a_deadline_is_seen_until_its_worker_takes_it_away_or_the_run_is_given_back() -> None:
    enqueue("a", "task")
    take("w")
    assert [watch.late for watch in run_queue.claimed()] == [None]
    run_queue.set_deadline("a", "w", -5)
    (watch,) = run_queue.claimed()
    assert watch.late is not None
    assert watch.late >= 5
    run_queue.set_deadline("a", "another", None)
    assert run_queue.claimed()[0].late is not None
    run_queue.set_deadline("a", "w", None)
    assert [watch.late for watch in run_queue.claimed()] == [None]
    run_queue.set_deadline("a", "w", 3600)
    run_queue.give_back("a", "w")
    take("w")
    assert [watch.late for watch in run_queue.claimed()] == [None]


class KeyedRuns(RuleBasedStateMachine):
    """Any history of accepting, claiming, losing, cancelling and ending runs with concurrency keys."""

    LIMITS: ClassVar[dict[str, int]] = {"x": 1, "y": 2, "z": 3}

    def __init__(self) -> None:
        super().__init__()
        with get_engine().begin() as connection:
            connection.execute(text("DELETE FROM buster.run_queue"))
        self.accepted: dict[str, set[str]] = {}
        self.running: list[str] = []
        self.number = 0

    @rule(keys=st.sets(st.sampled_from("xyz"), max_size=2))
    def accept(self, keys: set[str]) -> None:
        self.number += 1
        self.accepted[str(self.number)] = keys
        enqueue(str(self.number), "task", concurrency={key: self.LIMITS[key] for key in keys})

    @rule()
    def start(self) -> None:
        if run_id := take():
            self.running.append(run_id)

    @rule()
    def end(self) -> None:
        if self.running:
            self.accepted.pop(run_id := self.running.pop(0))
            release(run_id)

    @rule()
    def lose_the_worker(self) -> None:
        if self.running:
            assert run_queue.give_back(self.running.pop(), "w")

    @rule()
    def cancel_one_that_waits(self) -> None:
        if waiting := sorted(set(self.accepted) - set(self.running)):
            self.accepted.pop(waiting[0])
            assert run_queue.cancel(waiting[0])

    @invariant()
    def no_key_is_overfilled(self) -> None:
        for key, limit in self.LIMITS.items():
            assert sum(key in self.accepted[run_id] for run_id in self.running) <= limit

    def teardown(self) -> None:
        """Whatever happened, every run gets its turn."""
        while self.accepted:
            self.running += take_all()
            assert self.running, f"{self.accepted} wait for ever"
            while self.running:
                self.end()


def test_no_history_overfills_a_key_or_leaves_a_run_behind() -> None:
    run_state_machine_as_test(KeyedRuns, settings=settings(max_examples=25, stateful_step_count=30))
