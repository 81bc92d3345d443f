"""A real HTTP server on loopback that answers as it is told and keeps what it got."""

import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Got:
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Loopback:
    """`answers` are statuses for the next requests, then always 200. `headers` go with each answer.

    `got` is every request, `taken` those that were answered with 200.
    """

    url: str = ""
    answers: list[int] = field(default_factory=list[int])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    drip: bool = False
    got: list[Got] = field(default_factory=list[Got])
    taken: list[Got] = field(default_factory=list[Got])


@contextmanager
def loopback() -> Generator[Loopback]:
    state = Loopback()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            request = Got(self.path, dict(self.headers.items()), body)
            answer = state.answers.pop(0) if state.answers else 200
            state.got.append(request)
            if answer == 200:
                state.taken.append(request)
            self.send_response(answer)
            for name, value in state.headers.items():
                self.send_header(name, value)
            if state.drip:
                self.end_headers()
                while not ended.is_set():
                    try:
                        self.wfile.write(b".")
                    except OSError:
                        return
                    time.sleep(0.01)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
