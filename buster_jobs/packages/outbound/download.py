"""One HTTP GET into a file: to the address that was checked, no redirects, with errors that say what to do."""

from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Thread
from typing import IO

from buster_jobs.packages.errors import InvalidInput, TimedOut, Unavailable
from buster_jobs.packages.outbound.addresses import resolve
from buster_jobs.packages.outbound.http import check_status, connect, cut, no_answer, parse_url, target

TIMEOUT_SECONDS = 30.0
LEAST_RATE = 10 * 1024
"""Bytes a second. A server that sends less for twice the timeout is cut off: it holds a worker for nothing."""
_BLOCK = 1 << 20


def download(url: str, file: IO[bytes], *, customers: bool, most_bytes: int, timeout: float = TIMEOUT_SECONDS) -> None:
    """Write what the server answers to `file`. `timeout` in seconds is for each piece; the caller limits the whole.

    Raises as `post` does, `InvalidInput` for an answer of more than `most_bytes`, and `TimedOut` also for one that
    comes more slowly than `LEAST_RATE`.
    """
    parts = parse_url(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port, customers=customers)
    try:
        connection = connect(parts, host, address, port, timeout)
        try:
            with _cut_when_slow(connection, host, file, 2 * timeout):
                connection.request("GET", target(parts), headers={"Accept-Encoding": "identity"})
                response = connection.getresponse()
                check_status(response, host)
                _copy(response, file, most_bytes, host)
        finally:
            connection.close()
    except TimeoutError:
        raise TimedOut(f"{host} sent nothing for {timeout:g} s.") from None
    except (OSError, HTTPException) as error:
        raise no_answer(host, error, timeout, expired=False) from None


def _copy(response: HTTPResponse, file: IO[bytes], most_bytes: int, host: str) -> None:
    left = most_bytes
    # read1, because read() waits for a whole block: the watch must see in the file what has come.
    while block := response.read1(_BLOCK):
        left -= len(block)
        if left < 0:
            raise InvalidInput(f"The file at {host} has more than {most_bytes >> 20:,} MiB.")
        file.write(block)
    if response.length:
        raise Unavailable(f"{host} sent less than it had announced.")


@contextmanager
def _cut_when_slow(connection: HTTPConnection, host: str, file: IO[bytes], seconds: float) -> Generator[None]:
    """Raises `TimedOut` when the file grows by less than `LEAST_RATE` for `seconds`, also while headers come."""
    opened, over, too_slow = connection.sock, Event(), Event()

    def watch() -> None:
        size = 0
        while not (over.wait(seconds) or too_slow.is_set()):
            before, size = size, file.tell()
            if size - before < LEAST_RATE * seconds:
                cut(opened, too_slow)

    thread = Thread(target=watch, name="buster-download-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        # Raised in place of any other error: a connection that is cut can end in any, or in none.
        if too_slow.is_set():
            raise TimedOut(f"{host} sent less than {LEAST_RATE >> 10} KiB a second.") from None
