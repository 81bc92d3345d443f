"""Lost answers, lost connections, other servers: a trigger that is sent again never starts a second run."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from buster_jobs.client import Client, Run, WebserverError, WebserverUnavailable
from buster_jobs.packages.errors import ConfigurationError
from buster_jobs_tests.client.conftest import NewClient
from buster_jobs_tests.client.proxy import Fault, Proxy, proxy_before
from buster_jobs_tests.support.dagster_dev import DagsterDev


@pytest.fixture
def proxy(webserver: DagsterDev) -> Generator[Proxy]:
    with proxy_before(webserver.url) as before:
        yield before


@pytest.fixture
def through_proxy(proxy: Proxy, new_client: NewClient) -> Client:
    client = new_client(proxy.url)
    client.tasks()
    return client


@pytest.mark.parametrize("fault", ["cut", "half", "busy", "away"])
def test_a_trigger_whose_answer_was_lost_is_sent_again_and_starts_one_run(
    through_proxy: Client, proxy: Proxy, effects: Path, fault: Fault
) -> None:
    proxy.faults = [fault, fault]
    run = through_proxy.trigger_and_wait("echo", {"text": "once", "effects": str(effects)}, timeout=60)
    assert proxy.requests == 3
    assert [path.name for path in effects.iterdir()] == [run.run_id]


def test_a_trigger_that_got_no_answer_in_time_is_sent_again_and_starts_one_run(
    new_client: NewClient, proxy: Proxy, effects: Path
) -> None:
    client = new_client(proxy.url, timeout=2, attempts=30)  # of which a busy machine may need some
    proxy.faults = ["silent"]
    run = client.trigger_and_wait("echo", {"text": "once", "effects": str(effects)}, timeout=60)
    assert [path.name for path in effects.iterdir()] == [run.run_id]


def test_a_trigger_whose_run_has_failed_before_it_is_sent_again_starts_one_run(
    webserver: DagsterDev, proxy: Proxy, new_client: NewClient, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    others, failed = set(_runs_of_fail(webserver)), list[str]()

    def sleep_until_it_has_failed(_seconds: float) -> None:
        (run_id,) = set(_runs_of_fail(webserver)) - others
        assert webserver.wait(run_id) == "FAILURE"
        failed.append(run_id)

    client = new_client(proxy.url, sleep=sleep_until_it_has_failed)
    proxy.faults = ["cut"]
    assert [client.trigger("fail", {"broken": str(broken)}).run_id] == failed
    assert set(_runs_of_fail(webserver)) - others == set(failed)


def test_a_batch_is_sent_again_in_parts_and_starts_each_run_once(
    through_proxy: Client, proxy: Proxy, effects: Path
) -> None:
    proxy.faults = ["cut", "half", "busy", "away"]
    items = [{"text": str(number), "effects": str(effects)} for number in range(30)]
    results = through_proxy.batch_trigger("echo", items)
    for result in results:
        assert result.handle
        assert through_proxy.wait(result.handle.run_id, timeout=60).success
    assert {path.name for path in effects.iterdir()} == {result.handle.run_id for result in results if result.handle}
    assert proxy.requests == 6


def test_a_webserver_whose_database_stays_away_counts_as_unavailable(proxy: Proxy, new_client: NewClient) -> None:
    pauses: list[float] = []
    client = new_client(proxy.url, sleep=pauses.append)
    proxy.faults = ["away"] * 5
    with pytest.raises(WebserverUnavailable, match="trigger again with the same key") as error:
        client.trigger("echo", {"text": "canary"})
    assert (proxy.requests, len(pauses)) == (5, 4)
    assert "canary" not in error.value.message


def test_a_batch_tells_which_items_were_not_sent(proxy: Proxy, new_client: NewClient) -> None:
    client = new_client(proxy.url, attempts=1)
    client.tasks()
    proxy.faults = ["busy"]
    results = client.batch_trigger("echo", [{"text": "a"}] * 26)
    failed = [result for result in results if isinstance(result.error, WebserverUnavailable)]
    assert len(failed) in (1, 25)
    assert all(result.idempotency_key for result in results)


def test_a_connection_that_the_webserver_closed_meanwhile_is_replaced(through_proxy: Client, proxy: Proxy) -> None:
    proxy.only, proxy.faults = b"repositoryOrError", ["half"]
    through_proxy.trigger("echo", {"text": "a"})
    assert through_proxy.trigger("echo", {"text": "a"}).run_id


def test_threads_share_a_client(client: Client) -> None:
    def doubled(number: int) -> Run:
        return client.trigger_and_wait("double", {"number": number}, timeout=60)

    with ThreadPoolExecutor(8) as threads:
        runs = list(threads.map(doubled, range(16)))
    assert [run.result for run in runs] == [2 * number for number in range(16)]


def test_a_forked_child_does_not_use_its_parents_connections(client: Client) -> None:
    client.tasks()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, client.trigger("echo", {"text": "child"}).run_id.encode())
        finally:
            os._exit(0)
    os.close(writing)
    mine = client.trigger("echo", {"text": "parent"}).run_id
    os.waitpid(child, 0)
    assert client.retrieve(os.read(reading, 100).decode()).task == client.retrieve(mine).task == "echo"
    os.close(reading)


class _Other(BaseHTTPRequestHandler):
    """Not Dagster."""

    answer: ClassVar[tuple[int, bytes]] = (200, b"")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def other_server() -> Generator[Callable[[int, bytes], str]]:
    """`other_server(status, body)`: the URL of a server that answers so."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, body: bytes) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answering", (_Other,), {"answer": (status, body)}))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (200, b"<html>", "answered with HTTP 200: check that its URL"),
        (404, b"{}", "answered with HTTP 404"),
        (302, b"", "answered with HTTP 302"),
        (200, b"[]", "check that its URL"),
        (200, b'{"errors": [{"message": "canary"}]}', "use the same version for both"),
        (200, b'{"data": null, "errors": [{"message": "canary", "path": ["x"]}]}', "failed while it answered"),
        (200, b'{"errors": 5}', "use the same version for both"),
        (200, b'{"data": null}', "use the same version for both"),
        (200, b'{"data": {"repositoryOrError": {"__typename": "PythonError"}}}', "no code location"),
    ],
)
def test_an_answer_that_is_not_dagsters_is_a_sentence(
    other_server: Callable[[int, bytes], str], status: int, body: bytes, sentence: str
) -> None:
    with pytest.raises(WebserverError) as error:
        Client(other_server(status, body)).trigger("echo", {"text": "canary"})
    assert sentence in error.value.message
    assert "canary" not in error.value.message


def test_a_server_that_fails_is_asked_again_until_it_counts_as_unavailable(
    other_server: Callable[[int, bytes], str],
) -> None:
    pauses: list[float] = []
    with pytest.raises(WebserverUnavailable, match="it answers with HTTP 500") as error:
        Client(other_server(500, b"canary"), sleep=pauses.append).trigger("echo", {"text": "canary"})
    assert len(pauses) == 4
    assert "canary" not in error.value.message


@pytest.mark.parametrize("url", ["ftp://host", "host:3000", "http://", "http://user:canary@host", "http://host:port"])
def test_a_url_that_cannot_be_used_is_a_sentence_that_does_not_repeat_it(url: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        Client(url)
    assert "canary" not in error.value.message


def test_the_client_imports_nothing_heavy() -> None:
    heavy = {"dagster", "dagster_graphql", "sqlalchemy", "pydantic", "psycopg", "httpx", "requests", "jsonschema"}
    code = f"import sys; from buster_jobs.client import Client; sys.exit(sorted({heavy} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _runs_of_fail(webserver: DagsterDev) -> list[str]:
    query = '{ runsOrError(filter: {pipelineName: "fail"}) { ... on Runs { results { runId } } } }'
    runs: list[dict[str, Any]] = webserver.graphql(query)["runsOrError"]["results"]
    return [run["runId"] for run in runs]
