"""Each of the system's safeguards, how a test takes it away, what then happens, and which check must notice.

No production code can be told to do without: here it is replaced in this process, and so in the workers forked from it.
"""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import Mock, patch
from uuid import uuid4

import dagster as dg
from sqlalchemy import Connection, text

from buster_jobs.packages.database.runs import dead_letters, outcomes, run_queue, run_queue_statements
from buster_jobs.packages.database.runs.alerts import Delivery, NewAlert
from buster_jobs.packages.database.server.engine import transaction
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.ops.channels import configured_channels
from buster_jobs.runtime.engine.lease import Lease
from buster_jobs.runtime.engine.queueing import submission
from buster_jobs.runtime.engine.queueing.placement import Placement
from buster_jobs.runtime.engine.supervision.supervisor import Supervisor
from buster_jobs_tests.chaos import checks, ledger
from buster_jobs_tests.chaos.stage import Stage
from buster_jobs_tests.support.polling import until
from buster_jobs_tests.support.processes import is_gone

_BEAT = "buster_jobs.runtime.engine.lease.HEARTBEAT_SECONDS"
_NEVER = 3600.0
"""Between two beats of a worker's heart: as long as no scenario takes, on whatever machine."""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """`scenario` needs it; `off` is a block without it, after which `check` must fail."""

    scenario: Callable[[Stage], None]
    off: Callable[[], AbstractContextManager[object]]
    check: checks.Check


def two_workers_ask_for_one_run(stage: Stage) -> None:
    """The second one while the first is at work, and has not heard of the second."""
    run_id = stage.trigger("stands_at_a_gate")
    with patch(_BEAT, _NEVER):
        first = stage.start_worker()
    stage.wait_for_execution(run_id, 1)
    second = stage.start_worker()
    for attempt in (2, 1):  # the second first: its outcome is then the last attempt's
        ledger.open_gate(attempt)
        stage.wait_for(second if attempt == 2 else first)


def a_lost_worker_comes_back(stage: Stage) -> None:
    """And ends its work while another has the run, before it has heard of that."""
    run_id = stage.trigger("stands_at_a_gate")
    with patch(_BEAT, _NEVER):
        lost = stage.start_worker()
    stage.wait_for_execution(run_id, 1)
    stage.lose(lost)
    other = stage.start_worker()
    stage.wait_for_execution(run_id, 2)
    ledger.open_gate(1)
    stage.wait_for(lost)
    stage.look(run_id)
    ledger.open_gate(2)
    stage.wait_for(other)


def a_worker_works_for_long(stage: Stage) -> None:
    """Longer than its lease, during which it says that it lives."""
    run_id = stage.trigger("stands_at_a_gate")
    with patch(_BEAT, 0.1):
        first = stage.start_worker()
    stage.wait_for_execution(run_id, 1)
    stage.let_time_pass(1_000)
    if not isinstance(vars(Lease)["_beat"], Mock):
        until(lambda: run_queue.claimed()[0].silent < 100, "the first worker says that it lives")
    stage.supervisor.tick()
    second = stage.start_worker()
    until(lambda: is_gone(second) or ledger.begun(run_id) == 2, "the second worker has the run, or none")
    for attempt in (2, 1):
        ledger.open_gate(attempt)
    stage.wait_for(first)
    stage.wait_for(second)


def a_worker_vanishes(stage: Stage) -> None:
    """Somebody has to notice."""
    run_id = stage.trigger("stands_at_a_gate")
    worker = stage.start_worker()
    stage.wait_for_execution(run_id, 1)
    worker.kill()
    stage.wait_for(worker)
    stage.lose(worker)
    ledger.open_gate(2)
    stage.work()


def a_run_kills_each_worker(stage: Stage) -> None:
    """For as often as it is given one."""
    stage.trigger("kills_itself")
    for _ in range(8):
        worker = stage.start_worker()
        stage.wait_for(worker)
        stage.lose(worker)
    stage.tell()


def operators_cannot_be_reached(stage: Stage) -> None:
    """At first."""
    stage.receiver.answers.extend([503, 500])
    stage.trigger("fails_critically")
    stage.work()
    stage.tell()


def two_report_one_failure(stage: Stage) -> None:
    """The task itself, and the runtime."""
    stage.trigger("saves_its_own_letter")
    stage.work()
    stage.tell()


def two_trigger_with_one_key(stage: Stage) -> None:
    """One after the other."""
    for _ in range(2):
        stage.trigger("succeeds", "order-7")
    stage.work(2)


@contextmanager
def replaced(module: Any, name: str, *changes: tuple[str, str]) -> Generator[None]:
    """A module's SQL with parts of it replaced."""
    statement: str = getattr(module, name)
    for old, new in changes:
        if old not in statement:
            raise LookupError(f"{name} holds no {old!r} any more.")
        statement = statement.replace(old, new)
    with patch.object(module, name, statement):
        yield


def without_claim() -> AbstractContextManager[object]:
    return replaced(run_queue_statements, "CLAIM", ("state = 'ready'", "state IN ('ready', 'claimed')"))


def without_fence() -> AbstractContextManager[object]:
    return replaced(outcomes, "_CLOSE", ("OR fence = :fence", "OR true"))


def without_outcome() -> AbstractContextManager[object]:
    return patch("buster_jobs.runtime.engine.dagster.pooled_storage.check_lease", Mock())


def without_heartbeat() -> AbstractContextManager[object]:
    return patch.object(Lease, "_beat", Mock())


def without_lease() -> AbstractContextManager[object]:
    return patch.object(Supervisor, "_is_lost", Mock(return_value=False))


def without_count() -> AbstractContextManager[object]:
    return replaced(run_queue_statements, "CLAIM", ("deliveries = deliveries + 1", "deliveries = deliveries"))


def without_key() -> AbstractContextManager[object]:
    def own_id(_instance: dg.DagsterInstance, run: dg.DagsterRun, _place: Placement) -> str:
        return run.run_id

    return patch.object(submission, "key_holder", own_id)


def without_outbox() -> AbstractContextManager[object]:
    """An alert is sent when it arises, and that is that."""

    def send(_connection: Connection, alert: NewAlert) -> None:
        content = {"kind": alert.kind, "count": 1, "messages": [alert.message], "run_ids": [alert.run_id]}
        try:
            configured_channels()["webhook"](Delivery(uuid4(), "webhook", 1, content))
        except BusterError:
            return

    return patch.object(dead_letters, "insert_alert", send)


@contextmanager
def without_upsert() -> Generator[None]:
    """Each letter is a row of its own."""
    statement: str = vars(dead_letters)["_INSERT"]
    upsert = statement[statement.index("ON CONFLICT") : statement.index("RETURNING")]
    with transaction() as connection:
        connection.execute(text("ALTER TABLE buster.failed_tasks DROP CONSTRAINT uq_failed_tasks_run_id"))
    try:
        with replaced(dead_letters, "_INSERT", (upsert, "")):
            yield
    finally:
        with transaction() as connection:
            connection.execute(text("DELETE FROM buster.failed_tasks"))
            connection.execute(
                text("ALTER TABLE buster.failed_tasks ADD CONSTRAINT uq_failed_tasks_run_id UNIQUE (run_id)")
            )


SAFEGUARDS = {
    "claim": Safeguard(two_workers_ask_for_one_run, without_claim, checks.no_effect_comes_twice),
    "fence": Safeguard(a_lost_worker_comes_back, without_fence, checks.an_outcome_is_the_last_attempts),
    "outcome": Safeguard(a_lost_worker_comes_back, without_outcome, checks.no_outcome_is_told_early),
    "heartbeat": Safeguard(a_worker_works_for_long, without_heartbeat, checks.no_effect_comes_twice),
    "lease": Safeguard(a_worker_vanishes, without_lease, checks.no_run_is_left_unfinished),
    "count": Safeguard(a_run_kills_each_worker, without_count, checks.no_run_is_left_unfinished),
    "outbox": Safeguard(operators_cannot_be_reached, without_outbox, checks.every_alert_is_received),
    "upsert": Safeguard(two_report_one_failure, without_upsert, checks.a_final_failure_has_one_dead_letter),
    "key": Safeguard(two_trigger_with_one_key, without_key, checks.one_key_is_one_run),
}
