"""One POST, against a real server."""

from collections.abc import Generator

import pytest

from buster_jobs.packages.errors import BusterError, InvalidInput, RateLimited, TimedOut, Unavailable
from buster_jobs.packages.outbound.http import RequestRefused
from buster_jobs.packages.outbound.post import post
from buster_jobs_tests.support.loopback import Loopback, loopback


@pytest.fixture
def server() -> Generator[Loopback]:
    with loopback() as running:
        yield running


def send(url: str, *, timeout: float = 10) -> str:
    return post(url, b"{}", {"X-Test": "yes"}, customers=False, timeout=timeout).text


def test_what_is_sent_arrives_and_the_answer_comes_back(server: Loopback) -> None:
    assert send(f"{server.url}/hooks/1?a=b") == "ok"
    (got,) = server.got
    assert (got.path, got.body, got.headers["X-Test"]) == ("/hooks/1?a=b", b"{}", "yes")
    assert got.headers["Host"] == server.url.removeprefix("http://")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(301, RequestRefused), (302, RequestRefused), (400, RequestRefused), (404, RequestRefused), (410, RequestRefused),
     (429, RateLimited), (408, Unavailable), (500, Unavailable), (503, Unavailable)],
)  # fmt: skip
def test_another_answer_than_2xx_is_an_error_that_knows_whether_to_try_again(
    server: Loopback, status: int, kind: type[BusterError]
) -> None:
    server.answers, server.headers = [status], {"Retry-After": "7", "Location": f"{server.url}/elsewhere"}
    with pytest.raises(kind) as raised:
        send(f"{server.url}/secret-path-7f3a")
    assert "secret-path" not in raised.value.message
    assert raised.value.retry_after == (7 if status in (429, 408, 500, 503) else None)
    assert len(server.got) == 1  # no redirect is followed


def test_a_server_that_answers_drop_by_drop_is_cut_off(server: Loopback) -> None:
    server.drip = True
    with pytest.raises(TimedOut, match="did not answer within"):
        send(server.url, timeout=0.3)


def test_a_server_that_is_not_there_is_a_sentence(server: Loopback) -> None:
    with pytest.raises(Unavailable, match="cannot be reached: Connection refused"):
        send("http://127.0.0.1:1")


@pytest.mark.parametrize(
    "url",
    ["ftp://example.com/", "file:///etc/passwd", "gopher://x", "http://", "https:///path", "http://a b/", "x",
     "http://h:99999/", "http://[::1", "http://h/\r\nX: y", "http://user:hidden-7f3a@example.com/"],
)  # fmt: skip
def test_a_url_that_must_not_be_used_is_a_sentence_that_does_not_repeat_it(url: str) -> None:
    with pytest.raises(InvalidInput, match="The URL ") as raised:
        send(url)
    assert "hidden" not in raised.value.message


def test_a_customers_url_does_not_reach_this_machine(server: Loopback) -> None:
    with pytest.raises(InvalidInput, match="not public"):
        post(server.url, b"", {}, customers=True)
    assert server.got == []
