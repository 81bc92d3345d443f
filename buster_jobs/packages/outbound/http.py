"""What our HTTP requests share: which URLs are taken, how to connect, and what an answer or a failure means.

No message names more of a URL than its host: the rest may be a secret.
"""

import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from socket import SHUT_RDWR, create_connection, socket
from threading import Event
from urllib.parse import SplitResult, quote, urlsplit

from buster_jobs.packages.errors import BusterError, InvalidInput, RateLimited, TimedOut, Unavailable

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_MAY_PASS = (408, 425, 500, 502, 503, 504)


class RequestRefused(BusterError):
    """The server refused this request, and will refuse it again."""

    code = "REQUEST_REFUSED"
    retryable = False


def parse_url(url: str) -> SplitResult:
    """The parts of an http or https URL. Raises `InvalidInput`, never repeating the URL."""
    malformed = InvalidInput("The URL cannot be used: write it as https://host/path.")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise malformed from None
    if not usable or any(character <= " " for character in url):
        raise malformed
    if parts.username is not None or parts.password is not None:
        raise InvalidInput("The URL must not hold a user or password: give the secret in its path, or as a header.")
    return parts


def target(parts: SplitResult) -> str:
    """The request's target: path and query, in ASCII."""
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_ASCII)


def connect(parts: SplitResult, host: str, address: str, port: int, timeout: float) -> HTTPConnection:
    """A connection to `address`, where `host` was found; with https, to a server that has its certificate."""
    opened: socket = create_connection((address, port), timeout)
    if parts.scheme == "https":
        try:
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        except OSError:
            opened.close()
            raise
    # Already connected to the address that was checked, so the name is not resolved a second time.
    connection = HTTPConnection(host, port, timeout=timeout)
    connection.sock = opened
    return connection


def cut(opened: socket, expired: Event) -> None:
    """End a connection from another thread: the thread that waits for it wakes up and finds `expired` set."""
    expired.set()
    with suppress(OSError):
        opened.shutdown(SHUT_RDWR)


def no_answer(host: str, error: OSError | HTTPException, timeout: float, *, expired: bool) -> BusterError:
    """The error to raise, `from None`, in place of the one in which a request ended."""
    if expired or isinstance(error, TimeoutError):
        return TimedOut(f"{host} did not answer within {timeout:g} s.")
    if isinstance(error, ssl.SSLCertVerificationError):
        return RequestRefused(f"{host} has no certificate that we trust: {error.verify_message}.")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return Unavailable(f"{host} cannot be reached: {reason}.")


def check_status(response: HTTPResponse, host: str) -> None:
    """Return for a 2xx answer. Raises `RateLimited`, `Unavailable` or `RequestRefused`."""
    if 200 <= response.status < 300:
        return
    what = f"{host} answered {response.status}"
    if response.status == 429:
        raise RateLimited(
            f"{what}: it asks for fewer requests.", retry_after=_seconds(response.getheader("Retry-After"))
        )
    if response.status in _MAY_PASS:
        raise Unavailable(f"{what}.", retry_after=_seconds(response.getheader("Retry-After")))
    raise RequestRefused(f"{what}: check the URL and what it expects.")


def _seconds(value: str | None) -> float | None:
    """Retry-After in seconds; None for its other form, a date."""
    return float(value) if value and value.isascii() and value.isdigit() else None
