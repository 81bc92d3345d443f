"""One HTTP GET into a file: to the address that was checked, no redirects, with errors that say what to do."""

from http.client import HTTPException
from typing import IO

from buster_jobs.packages.errors import InvalidInput, TimedOut, Unavailable
from buster_jobs.packages.outbound.addresses import resolve
from buster_jobs.packages.outbound.http import check_status, connect, no_answer, parse_url, target

TIMEOUT_SECONDS = 30.0
_BLOCK = 1 << 20


def download(url: str, file: IO[bytes], *, customers: bool, most_bytes: int, timeout: float = TIMEOUT_SECONDS) -> None:
    """Write what the server answers to `file`. `timeout` in seconds is for each piece; what calls limits the whole.

    Raises as `post` does, and `InvalidInput` for an answer of more than `most_bytes`.
    """
    parts = parse_url(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port, customers=customers)
    try:
        connection = connect(parts, host, address, port, timeout)
        try:
            connection.request("GET", target(parts), headers={"Accept-Encoding": "identity"})
            response = connection.getresponse()
            check_status(response, host)
            left = most_bytes
            while block := response.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise InvalidInput(f"The file at {host} has more than {most_bytes >> 20:,} MiB.")
                file.write(block)
            if response.length:
                raise Unavailable(f"{host} sent less than it had announced.")
        finally:
            connection.close()
    except TimeoutError:
        raise TimedOut(f"{host} sent nothing for {timeout:g} s.") from None
    except (OSError, HTTPException) as error:
        raise no_answer(host, error, timeout, expired=False) from None
