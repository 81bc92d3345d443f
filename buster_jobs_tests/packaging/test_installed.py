"""The installed wheel: the whole system in an empty folder, and the client alone in an app's environment."""

import json
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from buster_jobs.demo.rows import DemoRows
from buster_jobs_tests.packaging.environments import Environment
from buster_jobs_tests.support.ports import free_port

RUN_OF_THE_DEMO = "import sys; from buster_jobs.client import Client; print(Client(sys.argv[1]).retrieve(sys.argv[2]))"
TRIGGER = """
import json, sys
from buster_jobs.client import Client
run = Client(sys.argv[1]).trigger_and_wait("analyst_workflow", json.loads(sys.argv[2]), timeout=120)
print(run.status, run.result["success"])
"""
SMALL = {"BUSTER_WORKER_SLOTS": '{"default": 1, "long": 1}'}


@pytest.fixture(scope="module")
def demo_run(server: Environment) -> str:
    """The id of the run in which `buster-jobs demo` answered its question."""
    done = server.run("buster-jobs", "demo")
    assert done.returncode == 0, done.stderr
    assert "44.97 minutes over 248" in " ".join(done.stdout.split())
    return next(line.split()[1] for line in done.stderr.splitlines() if line.startswith("Run "))


@pytest.fixture(scope="module")
def webserver(server: Environment, demo_run: str) -> Generator[str]:
    """The URL of `buster-jobs dev`, whose workers are warm."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (server.cwd.parent / "dev.log").open("w") as log:
        dev = subprocess.Popen(
            [server.folder / "bin" / "buster-jobs", "dev", "--port", str(port)],
            cwd=server.cwd,
            env=server.variables | SMALL,
            stdout=log,
            stderr=log,
        )
    ready = server.run("buster-jobs", "ready", "--url", url, **SMALL)
    try:
        assert ready.returncode == 0, ready.stderr + Path(log.name).read_text()
        yield url
    finally:
        dev.terminate()
        dev.wait(60)


def test_the_demo_answers_in_an_empty_folder_and_keeps_all_of_it_in_the_state_folder(
    server: Environment, demo_run: str
) -> None:
    where = server.run("python", "-c", "import buster_jobs; print(buster_jobs.__file__)").stdout
    assert Path(where).is_relative_to(server.folder)
    assert demo_run
    assert [path.name for path in server.cwd.iterdir()] == [".buster"]


def test_dev_shows_the_demos_run(client: Environment, webserver: str, demo_run: str) -> None:
    told = client.run("python", "-c", RUN_OF_THE_DEMO, webserver, demo_run)
    assert told.stdout == f"Run(run_id={demo_run!r}, task='analyst_workflow', status='completed')\n", told.stderr


def test_an_app_with_the_client_alone_triggers_a_job_and_gets_its_result(client: Environment, webserver: str) -> None:
    payload = json.dumps(DemoRows().payload("How many flights per origin?"))
    told = client.run("python", "-c", TRIGGER, webserver, payload)
    assert told.stdout == "completed True\n", told.stderr
    typed = client.run("buster-jobs", "trigger", "analyst_workflow", "--url", webserver, "--payload", payload)
    assert json.loads(typed.stdout)["success"] is True, typed.stderr


def test_the_client_alone_brings_a_handful_of_packages(client: Environment) -> None:
    listing = "from importlib.metadata import distributions; print(*sorted({d.name for d in distributions()}))"
    installed = client.run("python", "-c", listing).stdout.split()
    validation = ["attrs", "jsonschema", "jsonschema-specifications", "referencing", "rpds-py"]
    assert set(installed) - {"typing_extensions"} == {"buster-jobs", "click", *validation}


def test_the_client_alone_says_that_no_webserver_answers(client: Environment) -> None:
    typed = client.run("buster-jobs", "trigger", "echo", "--url", f"http://127.0.0.1:{free_port()}")
    assert typed.returncode == 1
    assert "gave no answer in 5 attempts: connection refused." in typed.stderr


@pytest.mark.parametrize(
    "command", [["tasks"], ["trigger", "echo"], ["demo"], ["dev", "--help"], ["database", "status"]]
)
def test_a_command_of_the_system_says_what_to_install(client: Environment, command: list[str]) -> None:
    typed = client.run("buster-jobs", *command)
    assert (typed.returncode, typed.stdout, typed.stderr.count("\n")) == (1, "", 1)
    assert typed.stderr.startswith("This needs the server part: pip install 'buster-jobs[server]'.")
