"""A whole running system with a state folder of its own: its processes, runs and effects, and how to disturb it."""

import json
import shutil
import socket
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import psutil
import pytest
from sqlalchemy import text

from buster_jobs.packages.database.runs.job_values import Job
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.server import embedded, engine
from buster_jobs.packages.settings import get_settings
from buster_jobs_tests.support.dagster_dev import ROOT, DagsterDev, dagster, running
from buster_jobs_tests.support.polling import TIMEOUT_SECONDS, until
from buster_jobs_tests.support.processes import (
    command_of,
    descendants_of,
    first,
    is_named,
    kill_all,
    parent_of,
    processes_of,
)

MODULE = "buster_jobs_tests.support.misbehaving"

_LAUNCH = """
mutation($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}"""
_STATUSES = "query($ids: [String]) { runsOrError(filter: {runIds: $ids}) { ... on Runs { results { runId status } } } }"
_UNFINISHED = """
query($tags: [ExecutionTag!]) {
  runsOrError(filter: {tags: $tags, statuses: [QUEUED, NOT_STARTED, STARTING, STARTED]}) {
    ... on Runs { results { runId } }
  }
}"""
_TERMINATE = "mutation($id: String!) { terminateRun(runId: $id) { __typename ... on PythonError { message } } }"
_RELOAD = "mutation($location: String!) { reloadRepositoryLocation(repositoryLocationName: $location) { __typename } }"
_LOGS = "query($key: [String!]!) { capturedLogs(logKey: $key) { stdout stderr } }"
_EVENTS = """
query($id: ID!) { logsForRun(runId: $id) { ... on EventConnection { events {
  __typename ... on LogsCapturedEvent { fileKey } ... on MessageEvent { message timestamp }
} } } }"""


@dataclass(frozen=True)
class System:
    """`dagster dev` on a state folder, which is this test process's too."""

    dev: DagsterDev
    state: Path
    location: str = MODULE

    def launch(self, job: str, tags: dict[str, str] | None = None, **payload: Any) -> str:
        answer = self.try_launch(job, tags, **payload)
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return answer["run"]["runId"]

    def try_launch(self, job: str, tags: dict[str, str] | None = None, **payload: Any) -> dict[str, Any]:
        selector = {"repositoryLocationName": self.location, "repositoryName": "__repository__", "jobName": job}
        tag_list = [{"key": key, "value": value} for key, value in (tags or {}).items()]
        params = {"selector": selector, "runConfigData": payload, "executionMetadata": {"tags": tag_list}}
        try:
            return self.dev.graphql(_LAUNCH, params=params)["launchRun"]
        except HTTPError as error:  # Dagster answers a PythonError with status 500
            return json.load(error)["data"]["launchRun"]

    def reload(self) -> None:
        """Reload the code location, as the button in the UI does."""
        answer = self.dev.graphql(_RELOAD, location=self.location)["reloadRepositoryLocation"]
        assert answer["__typename"] == "WorkspaceLocationEntry", answer

    def cancel(self, run_id: str) -> str:
        return self.dev.graphql(_TERMINATE, id=run_id)["terminateRun"]["__typename"]

    def statuses(self, *run_ids: str) -> dict[str, str]:
        results = self.dev.graphql(_STATUSES, ids=list(run_ids))["runsOrError"]["results"]
        return {result["runId"]: result["status"] for result in results}

    def status(self, run_id: str) -> str:
        return self.statuses(run_id)[run_id]

    def unfinished_with_tag(self, key: str, value: str) -> list[str]:
        found = self.dev.graphql(_UNFINISHED, tags=[{"key": key, "value": value}])["runsOrError"]["results"]
        return [run["runId"] for run in found]

    def wait(self, run_id: str, timeout: float = TIMEOUT_SECONDS) -> str:
        return self.dev.wait(run_id, timeout)

    def job(self, run_id: str) -> Job:
        return get_job_by_run_id(run_id)

    def events(self, run_id: str) -> list[dict[str, Any]]:
        return self.dev.graphql(_EVENTS, id=run_id)["logsForRun"]["events"]

    def errors(self, run_id: str) -> list[str]:
        """What the run's log says."""
        return [event["message"] for event in self.events(run_id) if event.get("message")]

    def captured(self, run_id: str) -> dict[str, str]:
        key = next(event["fileKey"] for event in self.events(run_id) if event["__typename"] == "LogsCapturedEvent")
        return self.dev.graphql(_LOGS, key=[run_id, "compute_logs", key])["capturedLogs"]

    def effects(self, run_id: str) -> list[str]:
        return [effect for effect, _pid, _at in self._effects(run_id)]

    def times(self, run_id: str) -> dict[str, float]:
        """When each effect came about, in seconds since the epoch."""
        return {effect: at for effect, _pid, at in self._effects(run_id)}

    def worker_of(self, run_id: str) -> int:
        """The id of the process that works on the run; waits until one does."""
        until(lambda: self.effects(run_id), f"run {run_id} begins")
        return self._effects(run_id)[-1][1]

    def _effects(self, run_id: str) -> list[tuple[str, int, float]]:
        query = "SELECT effect, pid, CAST(EXTRACT(epoch FROM at) AS float) FROM effects WHERE run_id = :id ORDER BY at"
        with engine.get_engine().connect() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(text(query), {"id": run_id})]

    def open_gate(self, gate: str) -> None:
        """Let the runs go on that wait at it."""
        with engine.get_engine().begin() as connection:
            connection.execute(text("INSERT INTO effects VALUES (:gate, 'open', 0, clock_timestamp())"), {"gate": gate})

    def processes(self) -> list[psutil.Process]:
        """Every Python process that has this state folder in its environment, except this one and its parents."""
        return processes_of(self.state)

    def pool(self) -> psutil.Process:
        """The pool's parent that works, not the one that stands by; waits until one does."""
        return first(self._working_pools, "a pool works")

    def crew(self, name: str) -> list[psutil.Process]:
        """Those of the working pool that are called so: `worker`, `supervisor`; waits until there is one."""
        found: list[psutil.Process] = []

        def look() -> bool:
            pools = self._working_pools()
            found[:] = [
                child for pool in pools for child in descendants_of(pool.pid) if is_named(child, f"buster {name}")
            ]
            return bool(found)

        until(look, f"a pool has a {name}")
        return found

    def _working_pools(self) -> list[psutil.Process]:
        return [process for process in self.pools() if descendants_of(process.pid)]

    def pools(self) -> list[psutil.Process]:
        parents = [process for process in self.processes() if "buster_jobs.runtime.engine.pool" in command_of(process)]
        return [process for process in parents if parent_of(process) not in {parent.pid for parent in parents}]

    def part(self, name: str) -> psutil.Process:
        """The webserver or the daemon; waits until there is one."""
        return first(lambda: [p for p in self.processes() if f"-m {name}" in command_of(p)], f"there is a {name}")

    def log(self) -> str:
        return (self.state / "workers" / socket.gethostname() / "log").read_text()


@contextmanager
def running_system(env: dict[str, str] | None = None, *, cwd: Path = ROOT, module: str = MODULE) -> Generator[System]:
    """Start a system. This process uses its state folder, and so its database, until it ends."""
    with own_state() as folder:
        _make_effects()
        with running(dagster("dev", "-m", module), folder / "dev.log", env or {}, cwd=cwd) as dev:
            yield System(dev, folder, module)


@contextmanager
def own_state() -> Generator[Path]:
    """A state folder, and so a database, that this process uses in the block. No process that used it too is left."""
    folder = new_state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUSTER_STATE_DIR", str(folder))
        _forget_settings()
        try:
            yield folder
        finally:
            while left := processes_of(folder):  # one that is being killed may just have started another
                kill_all(left)
            engine.reset_engine()
            embedded.stop()
    _forget_settings()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def restarted(system: System) -> Generator[System]:
    """The same system in a new `dagster dev`, after the one that it had has ended."""
    until(lambda: not system.processes(), "the old one has ended")
    with running(dagster("dev", "-m", system.location), system.dev.log, {}) as dev:
        yield System(dev, system.state, system.location)


def new_state() -> Path:
    """A new folder; the caller removes it."""
    folder = Path(tempfile.mkdtemp(prefix="buster-engine-"))
    folder.chmod(0o755)
    return folder


def _forget_settings() -> None:
    get_settings.cache_clear()
    engine.reset_engine()


def _make_effects() -> None:
    table = "CREATE TABLE IF NOT EXISTS effects (run_id text, effect text, pid integer, at timestamptz)"
    with engine.get_engine().begin() as connection:
        connection.execute(text(table))


def kill(process: psutil.Process) -> None:
    """Kill it, unless it has just ended by itself."""
    with suppress(psutil.NoSuchProcess):
        process.kill()
