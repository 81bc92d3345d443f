"""Operators are alerted through real servers, and deliveries are retried until they succeed."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Generator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs.dead_letters import save_failed_task
from buster_jobs.packages.database.runs.letter_values import NewLetter
from buster_jobs.packages.ops.alerts import delay_after, deliver_pending, notify_ops
from buster_jobs_tests.support.loopback import Loopback, loopback
from buster_jobs_tests.support.polling import TIMEOUT_SECONDS
from buster_jobs_tests.support.ports import free_port

pytestmark = pytest.mark.usefixtures("database")

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"


@pytest.fixture
def server() -> Generator[Loopback]:
    with loopback() as running:
        yield running


class Mailbox:
    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refuse = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            self.refuse -= 1
            return "451 Later, please"
        self.mails.append(message_from_bytes(envelope.original_content or b""))
        return "250 OK"


@pytest.fixture
def mailbox() -> Generator[tuple[Mailbox, str]]:
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=TIMEOUT_SECONDS)
    controller.start()
    yield box, f"smtp+plain://127.0.0.1:{port}"
    controller.stop()


def fail(number: int = 1, *, urgent: bool = False) -> None:
    save_failed_task(
        NewLetter(f"run-{number}", "send_email", {}, "exception", "INTERNAL", "<It> & broke.", urgent=urgent)
    )


def undelivered(database: Engine) -> list[tuple[Any, ...]]:
    query = "SELECT channel, attempts, error FROM buster.ops_deliveries WHERE delivered_at IS NULL ORDER BY channel"
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def make_due(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.ops_deliveries SET due_at = due_at - interval '1 hour'"))


def test_without_settings_the_log_says_it(caplog: pytest.LogCaptureFixture) -> None:
    fail()
    with caplog.at_level(logging.ERROR):
        assert deliver_pending() == 1
    assert "send_email failed (exception): <It> & broke." in caplog.text
    assert deliver_pending() == 0


def test_slack_gets_its_json_with_its_escapes(configure: Callable[..., None], server: Loopback) -> None:
    configure(BUSTER_OPS_SLACK_WEBHOOK_URL=f"{server.url}/services/T0/B0/x")
    fail()
    assert deliver_pending() == 2  # and the log
    (got,) = server.got
    assert got.path == "/services/T0/B0/x"
    assert json.loads(got.body)["text"].startswith(
        "send_email failed (exception): &lt;It&gt; &amp; broke.\n\nRuns: run-1."
    )


def test_a_webhook_is_signed_and_keeps_its_id_when_it_is_tried_again(
    configure: Callable[..., None], server: Loopback, database: Engine
) -> None:
    configure(BUSTER_OPS_WEBHOOK_URL=server.url, BUSTER_OPS_WEBHOOK_SECRET=SECRET)
    server.answers = [503, 400]
    fail()
    assert deliver_pending() == 1  # the log
    assert undelivered(database) == [("webhook", 1, "127.0.0.1 answered 503.")]
    make_due(database)
    assert deliver_pending() == 0  # 400: a person may correct the receiver, so it is tried again too
    make_due(database)
    assert deliver_pending() == 1
    assert undelivered(database) == []
    first, _, last = server.got
    assert first.headers["webhook-id"] == last.headers["webhook-id"]
    signed = f"{last.headers['webhook-id']}.{last.headers['webhook-timestamp']}.".encode() + last.body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert last.headers["webhook-signature"] == f"v1,{expected}"
    assert json.loads(last.body)["data"]["run_ids"] == ["run-1"]


def test_mail_goes_through_a_server_that_first_says_later(
    configure: Callable[..., None], mailbox: tuple[Mailbox, str], database: Engine
) -> None:
    box, url = mailbox
    box.refuse = 1
    configure(BUSTER_OPS_EMAIL_TO='["ops@example.com"]', BUSTER_SMTP_URL=url, BUSTER_EMAIL_FROM="buster@example.com")
    fail()
    deliver_pending()
    assert undelivered(database) == [("email", 1, "The SMTP server 127.0.0.1 did not take the mail (SMTPDataError).")]
    make_due(database)
    assert deliver_pending() == 1
    (mail,) = box.mails
    assert (mail["To"], mail["Subject"]) == (
        "ops@example.com",
        "[buster] send_email failed (exception): <It> & broke.",
    )
    assert "run-1" in str(mail.get_payload())


def test_a_channel_that_is_away_holds_up_no_other(
    configure: Callable[..., None], server: Loopback, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    configure(
        BUSTER_OPS_SLACK_WEBHOOK_URL="http://127.0.0.1:1/services/hidden-7f3a",
        BUSTER_OPS_WEBHOOK_URL=server.url,
        BUSTER_OPS_WEBHOOK_SECRET=SECRET,
    )
    fail()
    assert deliver_pending() == 2
    assert [row[:2] for row in undelivered(database)] == [("slack", 1)]
    assert "hidden-7f3a" not in caplog.text + str(undelivered(database))


def test_of_many_messages_one_finds_out_that_the_channel_is_away(
    configure: Callable[..., None], server: Loopback, database: Engine
) -> None:
    configure(BUSTER_OPS_SLACK_WEBHOOK_URL="http://127.0.0.1:1/services/away")
    for number in range(3):
        notify_ops(f"Notice {number}", kind=f"kind {number}")
    deliver_pending()
    assert sorted(row[:2] for row in undelivered(database)) == [("slack", 0), ("slack", 0), ("slack", 1)]
    configure(BUSTER_OPS_SLACK_WEBHOOK_URL=server.url)
    make_due(database)
    assert deliver_pending() == 3


def test_a_message_that_a_channel_refuses_holds_up_none_after_it(
    configure: Callable[..., None], server: Loopback, database: Engine
) -> None:
    configure(BUSTER_OPS_SLACK_WEBHOOK_URL=server.url)
    server.answers = [400]
    for number in range(3):
        notify_ops(f"Notice {number}", kind=f"kind {number}")
    deliver_pending()
    assert [row[:2] for row in undelivered(database)] == [("slack", 1)]


def test_a_setting_that_is_wrong_is_told_to_the_log_and_mended_later(
    configure: Callable[..., None], server: Loopback, database: Engine
) -> None:
    configure(BUSTER_OPS_WEBHOOK_URL=server.url)
    fail()
    deliver_pending()
    assert "whsec_" in undelivered(database)[0][2]
    configure(BUSTER_OPS_WEBHOOK_URL=server.url, BUSTER_OPS_WEBHOOK_SECRET=SECRET)
    make_due(database)
    assert deliver_pending() == 1


def test_a_notice_of_its_own_holds_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    notify_ops("The nightly sync stopped", error="cannot connect to postgresql://bob:hunter2@db/prod")
    with caplog.at_level(logging.ERROR):
        deliver_pending()
    assert "The nightly sync stopped: cannot connect to postgresql://bob:***@db/prod" in caplog.text


def test_a_burst_reaches_people_as_two_messages(
    configure: Callable[..., None], server: Loopback, database: Engine
) -> None:
    configure(BUSTER_OPS_SLACK_WEBHOOK_URL=server.url)
    fail(0)
    deliver_pending()
    for number in range(1, 100):
        fail(number)
    deliver_pending()
    assert len(server.got) == 1
    with database.begin() as connection:
        connection.execute(text("UPDATE buster.ops_messages SET created_at = created_at - interval '61 s'"))
    deliver_pending()
    assert json.loads(server.got[1].body)["text"].startswith("99 alerts of send_email/exception/INTERNAL")


@pytest.mark.parametrize(
    ("attempt", "asked", "seconds"),
    [(1, None, 2), (2, None, 4), (5, None, 32), (9, None, 300), (10_000, None, 300), (1, 30, 30), (1, 1e9, 3600)],
)
def test_deliveries_are_tried_ever_more_slowly(attempt: int, asked: float | None, seconds: float) -> None:
    assert delay_after(attempt, asked) == seconds
