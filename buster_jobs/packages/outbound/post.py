"""One HTTP POST: to the address that was checked, no redirects, within a time limit, with errors that say what to do.

No message names more of a URL than its host: the rest may be a secret.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from buster_jobs.packages.outbound.addresses import resolve
from buster_jobs.packages.outbound.http import check_status, connect, cut, no_answer, parse_url, target

TIMEOUT_SECONDS = 10.0
_LONGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer; of its text the first 64 KiB."""

    status: int
    text: str


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, customers: bool, timeout: float = TIMEOUT_SECONDS
) -> Answer:
    """Send `body`, all of it within `timeout` seconds. With `customers` it must lead to public addresses.

    Raises `InvalidInput` for a URL that must not be used, `RequestRefused` for what will be refused again,
    `RateLimited`, `TimedOut` or `Unavailable` for what may pass.
    """
    parts = parse_url(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port, customers=customers)
    expired = threading.Event()
    try:
        connection = connect(parts, host, address, port, timeout)
        watchdog = threading.Timer(timeout, cut, (connection.sock, expired))
        watchdog.start()
        try:
            connection.request("POST", target(parts), body, dict(headers))
            response = connection.getresponse()
            text = response.read(_LONGEST_ANSWER).decode("utf-8", "replace")
        finally:
            watchdog.cancel()
            connection.close()
    except (OSError, HTTPException) as error:
        raise no_answer(host, error, timeout, expired=expired.is_set()) from None
    if expired.is_set():  # a connection that was cut can look like the end of an answer
        raise no_answer(host, TimeoutError(), timeout, expired=True)
    check_status(response, host)
    return Answer(response.status, text)
