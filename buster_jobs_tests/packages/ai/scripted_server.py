"""A real HTTP server on loopback that speaks chat completions from a script, and refuses illegal requests.

What does not belong here: what it answers (scripted_replies), what is legal (legal_request).
"""

import contextlib
import json
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, ClassVar

from pydantic import SecretStr

from buster_jobs.packages.ai.model.endpoint import ModelEndpoint
from buster_jobs_tests.packages.ai.legal_request import violations
from buster_jobs_tests.packages.ai.scripted_replies import Response, fails

KEY = "sk-test-0123456789abcdefKEY"

Json = dict[str, Any]


class ScriptedServer:
    """Answers request by request from `script`; the last entry answers all later requests if `repeat_last`."""

    def __init__(self) -> None:
        self.script: list[Response] = []
        self.repeat_last = False
        self.requests: list[Json] = []
        self.violations: list[str] = []
        self.closing = Event()
        self.url = ""

    def will(self, *responses: Response, repeat_last: bool = False) -> "ScriptedServer":
        """Set the script."""
        self.script, self.repeat_last = list(responses), repeat_last
        return self

    @property
    def endpoint(self) -> ModelEndpoint:
        """What a client needs to ask this server."""
        return ModelEndpoint(base_url=self.url, key=SecretStr(KEY), model="scripted-model")

    def messages(self, request: int = -1) -> list[Json]:
        """The messages of one request, by default the last one."""
        return self.requests[request]["messages"]

    def tool_texts(self, request: int = -1) -> list[str]:
        """What the tools answered, as one request repeats it."""
        return [message["content"] for message in self.messages(request) if message["role"] == "tool"]

    def answer(self, path: str, authorization: str | None, body: Json) -> Response:
        """The next response of the script, or an error that names what is illegal."""
        self.requests.append(body)
        wrong = violations(body)
        if path != "/v1/chat/completions" or authorization != f"Bearer {KEY}":
            wrong.append(f"wrong path or key: {path}")
        reply = None if wrong else self.reply(body)
        if reply is None and not wrong:
            wrong.append("the script is over")
        self.violations += wrong
        return reply or fails(400, "; ".join(wrong))

    def reply(self, _body: Json) -> Response | None:
        """What comes next; None when the script is over."""
        if not self.script:
            return None
        return self.script[0] if self.repeat_last and len(self.script) == 1 else self.script.pop(0)


class _Handler(BaseHTTPRequestHandler):
    scripted: ClassVar[ScriptedServer]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        response = self.scripted.answer(self.path, self.headers["authorization"], body)
        if response.behaviour == "answer":
            self._send(response)
            return
        self.close_connection = True
        if response.behaviour == "hang":
            self.scripted.closing.wait(10)
        else:
            self._drip()

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in {"content-type": "application/json", **response.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)

    def _drip(self) -> None:
        """As gateways do that keep a waiting connection alive with blanks."""
        self.send_response(200)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        with contextlib.suppress(OSError):
            while not self.scripted.closing.is_set():
                self.wfile.write(b"1\r\n \r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def scripted_server(scripted: ScriptedServer | None = None) -> Generator[ScriptedServer]:
    """A running server; fails at the end if a request was illegal."""
    scripted = scripted or ScriptedServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"scripted": scripted}))
    http.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        scripted.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()
    assert scripted.violations == []
