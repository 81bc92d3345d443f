"""A pool of HTTP connections to one server, kept open between requests and shared by threads."""

import os
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from buster_jobs.packages.errors import ConfigurationError

_MOST_IDLE = 16


class Connections:
    """A pool of connections to `url`, http or https; `timeout` is in seconds, for connecting and for each read."""

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float) -> None:
        parts, port = _parsed(url)
        if parts.username or parts.password:
            raise ConfigurationError("Leave user and password out of the webserver's URL: give them as a header.")
        self._class = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port = parts.hostname or "", port
        self._path, self._headers, self._timeout = parts.path.rstrip("/"), dict(headers), timeout
        self._lock = threading.Lock()
        self._idle: list[HTTPConnection] = []
        self._process = os.getpid()

    @property
    def server(self) -> str:
        """Where the server is, for messages."""
        return f"{self._host}:{self._port or self._class.default_port}"

    def post(self, path: str, body: bytes, content_type: str) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OSError or HTTPException when there is none."""
        headers = {"Content-Type": content_type, "Accept": content_type} | self._headers
        with self._connection() as connection:
            connection.request("POST", self._path + path, body, headers)
            response: HTTPResponse = connection.getresponse()
            return response.status, response.read()

    def close(self) -> None:
        """Close the idle connections. The pool stays usable."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Generator[HTTPConnection]:
        """A connection for one request; after an error it is closed instead of reused."""
        connection = self._take()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._put_back(connection)

    def _take(self) -> HTTPConnection:
        with self._lock:
            if self._process != os.getpid():  # after a fork the sockets belong to the parent
                self._idle, self._process = [], os.getpid()
            if self._idle:
                return self._idle.pop()
        return self._class(self._host, self._port, timeout=self._timeout)

    def _put_back(self, connection: HTTPConnection) -> None:
        with self._lock:
            if len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()


def _parsed(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError("The webserver's URL must look like http://127.0.0.1:3000.")
    return parts, port
