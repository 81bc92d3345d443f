"""A proxy on loopback that hands requests on to a webserver and then, when told to, does not hand the answer back."""

import http.client
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

Fault = Literal["cut", "half", "silent", "busy", "away"]
"""No answer at all; half of it; none in time; an HTTP status that asks to come back; or that the database is away."""

_AWAY = {"__typename": "PythonError", "className": "DatabaseUnavailable", "message": "canary"}


@dataclass
class Proxy:
    """`faults` are used up from the first, one for each request that contains `only`; later ones are answered well."""

    webserver: str
    only: bytes = b"launchMultipleRuns"
    faults: list[Fault] = field(default_factory=list[Fault])
    requests: int = 0
    url: str = ""

    def next_fault(self, body: bytes) -> Fault | None:
        if self.only not in body:
            return None
        self.requests += 1
        return self.faults.pop(0) if self.faults else None


@contextmanager
def proxy_before(webserver: str) -> Generator[Proxy]:
    """The proxy, serving until the block ends."""
    proxy, ended = Proxy(webserver), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fault = proxy.next_fault(body)
            status, answer = (503, b"") if fault == "busy" else _hand_on(webserver, self.path, body)
            if fault == "away":
                answer = _away(len(json.loads(body)["variables"]["all"]))
            if fault == "silent":
                ended.wait(30)
            if fault in ("cut", "silent"):
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer[: len(answer) // 2] if fault == "half" else answer)
            self.close_connection = fault == "half"

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _away(triggers: int) -> bytes:
    result = {"__typename": "LaunchMultipleRunsResult", "launchMultipleRunsResult": [_AWAY] * triggers}
    return json.dumps({"data": {"launchMultipleRuns": result}}).encode()


def _hand_on(webserver: str, path: str, body: bytes) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(webserver).netloc, timeout=60)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    try:
        return response.status, response.read()
    finally:
        connection.close()
