"""A real `dagster dev` of this project on loopback, and the little GraphQL that tests need to talk to it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import psutil

from buster_jobs_tests.support.polling import TIMEOUT_SECONDS
from buster_jobs_tests.support.ports import free_port
from buster_jobs_tests.support.processes import descendants_of, kill_all

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = """
mutation($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on PythonError { message }
  }
}"""
STATUS = "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
FINAL = ("SUCCESS", "FAILURE", "CANCELED")


@dataclass(frozen=True)
class DagsterDev:
    """A running webserver with its daemon and code location."""

    url: str
    log: Path
    location: str = "buster_jobs"

    def graphql(self, query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - our own loopback server
            answer = json.load(response)
        assert "errors" not in answer, answer
        return answer["data"]

    def launch(self, job: str, run_config: Any, *, assets: Sequence[str] = (), **tags: str) -> dict[str, Any]:
        """Tags are given without their `buster/`. With `assets`, the job is the one that Dagster makes for them."""
        selector: dict[str, Any] = {"repositoryLocationName": self.location, "repositoryName": "__repository__"}
        selector |= {"jobName": job} | ({"assetSelection": [{"path": [name]} for name in assets]} if assets else {})
        metadata = {"tags": [{"key": f"buster/{name}", "value": value} for name, value in tags.items()]}
        params = {"selector": selector, "runConfigData": run_config, "executionMetadata": metadata}
        try:
            return self.graphql(LAUNCH, params=params)["launchRun"]
        except HTTPError as error:  # Dagster answers a PythonError with status 500
            return json.load(error)["data"]["launchRun"]

    def status(self, run_id: str) -> str:
        return self.graphql(STATUS, id=run_id)["runOrError"]["status"]

    def wait(self, run_id: str, timeout: float = TIMEOUT_SECONDS, poll: float = 0.2) -> str:
        """The final status of a run. `poll` is the number of seconds between two looks."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            status = self.status(run_id)
            if status in FINAL:
                return status
            time.sleep(poll)
        raise AssertionError(f"Run {run_id} did not end within {timeout} s:\n{self.log.read_text()[-4000:]}")


@contextmanager
def running(
    command: list[str], log: Path, env: dict[str, str], location: str = "buster_jobs", cwd: Path = ROOT
) -> Generator[DagsterDev]:
    """Start `dagster dev` or `dg dev`, wait until its code location has loaded, and end its whole tree afterwards."""
    port = free_port()
    process = start(command, log, env, port, cwd)
    dev = DagsterDev(f"http://127.0.0.1:{port}", log, location)
    try:
        wait_until_loaded(dev, process)
        yield dev
    finally:
        end(process)


def start(command: list[str], log: Path, env: dict[str, str], port: int, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
    """Start `dagster dev` or `dg dev` on this port."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            [*command, "--port", str(port), "--host", "127.0.0.1"],
            cwd=cwd,
            env=os.environ | env,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def dagster(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "dagster", *arguments]


def wait_until_loaded(dev: DagsterDev, process: subprocess.Popen[bytes]) -> None:
    """Raises AssertionError when the process ends first, or takes too long."""
    query = "{ repositoriesOrError { __typename ... on RepositoryConnection { nodes { name } } } }"
    give_up = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            if dev.graphql(query)["repositoriesOrError"].get("nodes"):
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.2)
    raise AssertionError(f"The code location did not load:\n{dev.log.read_text()[-4000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End it and all that it has started: none of them is left, to claim what others put into the queue."""
    family = descendants_of(process.pid) if process.poll() is None else []
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    kill_all(psutil.wait_procs(family, timeout=20)[1])
