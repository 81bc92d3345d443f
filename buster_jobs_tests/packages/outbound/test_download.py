"""One GET into a file, against a real server."""

import io
import socket
from collections.abc import Generator

import pytest

from buster_jobs.packages.errors import InvalidInput, TimedOut, Unavailable
from buster_jobs.packages.outbound.download import download
from buster_jobs_tests.support.loopback import Loopback, loopback


@pytest.fixture
def server() -> Generator[Loopback]:
    with loopback() as running:
        yield running


def fetch(url: str, *, timeout: float = 10, most_bytes: int = 100) -> bytes:
    file = io.BytesIO()
    download(url, file, customers=False, most_bytes=most_bytes, timeout=timeout)
    return file.getvalue()


def test_what_the_server_has_is_in_the_file(server: Loopback) -> None:
    assert fetch(f"{server.url}/rows.csv?a=b") == b"ok"
    assert server.got[0].path == "/rows.csv?a=b"


def test_a_server_that_sends_drop_by_drop_is_cut_off(server: Loopback) -> None:
    server.drip = True
    with pytest.raises(TimedOut, match="sent less than"):
        fetch(server.url, timeout=0.2, most_bytes=1 << 30)


def test_chunks_drop_by_drop_are_cut_off_too(server: Loopback) -> None:
    server.drip, server.headers = True, {"Transfer-Encoding": "chunked", "Connection": "close"}
    with pytest.raises(TimedOut, match="sent less than"):
        fetch(server.url, timeout=0.2, most_bytes=1 << 30)


def test_more_than_is_wanted_is_refused(server: Loopback) -> None:
    with pytest.raises(InvalidInput, match="has more than"):
        fetch(server.url, most_bytes=1)


def test_less_than_was_announced_is_unavailable(server: Loopback) -> None:
    server.headers = {"Content-Length": "5"}
    with pytest.raises(Unavailable, match="less than it had announced"):
        fetch(server.url)


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TimedOut, match="sent nothing for"):
        fetch(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2)
