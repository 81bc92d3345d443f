"""The outbox: the first alert of a kind at once, the flood behind it together; deliveries until they are through."""

import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs.alerts import (
    Delivery,
    NewAlert,
    begin_deliveries,
    delivered,
    gather,
    not_delivered,
    save_alert,
)

pytestmark = pytest.mark.usefixtures("database")


def alert(number: int = 1, *, kind: str = "mail/exception", urgent: bool = False) -> None:
    save_alert(NewAlert(kind, f"Mail {number} failed.", run_id=f"{kind}-{number}", urgent=urgent))


def due(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.ops_deliveries SET due_at = due_at - interval '1 hour'"))


def test_the_first_alert_is_told_alone_and_at_once() -> None:
    alert()
    assert gather(["log"]) == 1
    (delivery,) = begin_deliveries("log")
    assert delivery.content["messages"] == ["Mail 1 failed."]
    assert (delivery.content["count"], delivery.attempt) == (1, 1)


def test_a_hundred_failures_for_one_reason_within_a_minute_are_two_messages(database: Engine) -> None:
    alert(0)
    assert gather(["log"]) == 1
    for number in range(1, 100):
        alert(number)
        assert gather(["log"]) == 0
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.ops_messages SET created_at = created_at - interval '61 s'"))
    assert gather(["log"]) == 1
    first, rest = begin_deliveries("log")
    assert (first.content["count"], rest.content["count"]) == (1, 99)
    assert len(rest.content["messages"]) == 5
    assert len(rest.content["run_ids"]) == 50


def test_urgent_alerts_wait_for_nothing() -> None:
    for number in range(3):
        alert(number, urgent=True)
        assert gather(["log"]) == 1


def test_another_kind_is_another_message() -> None:
    alert(1, kind="a")
    alert(1, kind="b")
    assert gather(["log"]) == 2


def test_a_run_is_told_of_once() -> None:
    alert()
    alert()
    gather(["log"])
    assert begin_deliveries("log")[0].content["count"] == 1


def test_every_channel_gets_every_message_and_keeps_its_own_state(database: Engine) -> None:
    alert()
    gather(["log", "email"])
    (by_log,) = begin_deliveries("log")
    delivered(by_log)
    (by_email,) = begin_deliveries("email")
    not_delivered(by_email, error="No answer.", again_after=60)
    assert begin_deliveries("email") == []
    due(database)
    assert begin_deliveries("log") == []
    assert begin_deliveries("email") == [Delivery(by_email.message_id, "email", 2, by_email.content)]


def test_a_delivery_that_was_begun_and_never_ended_is_begun_again_later(database: Engine) -> None:
    alert()
    gather(["log"])
    assert len(begin_deliveries("log")) == 1
    assert begin_deliveries("log") == []  # another process is delivering it
    due(database)
    assert len(begin_deliveries("log")) == 1
