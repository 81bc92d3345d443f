"""The command line, as a person or a script meets it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import URL, Engine, text

from buster_jobs.cli import main
from buster_jobs.cli.processes import MARK, end_processes
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id, list_recent_jobs
from buster_jobs.packages.database.server.engine import new_engine
from buster_jobs.runtime.attempts.attempt_outcome import without_waiting
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.dagster_dev import ROOT

PROGRAM = (sys.executable, "-m", "buster_jobs.cli")


def buster_jobs(*arguments: str, stdin: str = "") -> Result:
    """The command in this process: quick, but Dagster's own output does not pass through it."""
    return CliRunner().invoke(main, arguments, input=stdin)


def payload(**changes: object) -> str:
    ids = {name: str(uuid4()) for name in ("chat_id", "data_source_id", "user_id")}
    return json.dumps({"query": "How many?", **ids, **changes})


def organization_payload(organization: OrganizationWithChat, url: str) -> str:
    return payload(
        chat_id=str(organization.chat_id),
        user_id=str(organization.user_id),
        data_source_id=str(organization.add_data_source(url).id),
        query="How many orders are there?",
    )


def test_help_lists_the_commands_without_importing_dagster() -> None:
    code = (
        "import sys; from buster_jobs.cli import main; main(['--help'], standalone_mode=False);"
        "sys.exit(sorted({'dagster', 'sqlalchemy', 'openai'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(command in done.stdout for command in ("trigger", "tasks", "demo", "dev", "database", "stop"))


def test_tasks_are_listed_with_what_they_do() -> None:
    result = buster_jobs("tasks")
    assert result.exit_code == 0
    assert "analyst_workflow Answer a question about a data source" in " ".join(result.stdout.split())


def test_a_tasks_payload_is_described_field_by_field() -> None:
    result = buster_jobs("tasks", "show", "analyst_workflow")
    assert result.exit_code == 0
    assert "query (str, required): User query to analyze" in result.stdout


def test_a_tasks_payload_is_available_as_json_schema() -> None:
    schema = json.loads(buster_jobs("tasks", "show", "analyst_workflow", "--json").stdout)
    assert schema["properties"]["chat_id"]["format"] == "uuid"


@pytest.mark.parametrize("command", [("trigger",), ("tasks", "show")])
def test_an_unknown_task_is_a_sentence_that_lists_the_tasks(command: tuple[str, ...]) -> None:
    result = buster_jobs(*command, "no_such_task")
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no task 'no_such_task'; the tasks are: ")
    assert "analyst_workflow" in result.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("{", "The payload is not JSON"),
        ("[]", "The payload must be a JSON object"),
        ("@/no/such/file", "The payload's file cannot be read: No such file or directory."),
        ("{}", "Field chat_id: Field required. Field query: Field required."),
        (payload(chat_id="x"), "Field chat_id: Input should be a valid UUID"),
        (payload(colour="red"), "Field colour: "),
        (payload(query={"env": "HOME"}), "Field query: Input should be a valid string."),
    ],
)
def test_a_bad_payload_is_refused_with_a_sentence_before_any_run(database: Engine, given: str, sentence: str) -> None:
    result = buster_jobs("trigger", "analyst_workflow", "--payload", given)
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence)
    assert result.stdout == ""
    assert list_recent_jobs() == []


def test_a_payload_that_is_not_text_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "payload").write_bytes(b"\xff\xfe\x00")
    result = buster_jobs("trigger", "analyst_workflow", "--payload", f"@{tmp_path}/payload")
    assert result.exit_code == 2
    assert result.stderr.startswith("The payload is not JSON")


@pytest.mark.parametrize("way", ["argument", "file", "stdin"])
def test_what_a_task_rejects_is_printed_and_exits_with_1(database: Engine, tmp_path: Path, way: str) -> None:
    given = payload()
    (tmp_path / "payload.json").write_text(given)
    argument = {"argument": given, "file": f"@{tmp_path / 'payload.json'}", "stdin": "-"}[way]
    result = buster_jobs("trigger", "analyst_workflow", "--payload", argument, stdin=given)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["success"] is False
    assert result.stderr == f"There is no chat {json.loads(given)['chat_id']}.\n"


def test_a_run_prints_its_result_alone_on_stdout_and_its_id_on_stderr(
    organization: OrganizationWithChat, scratch_database: Callable[[], URL]
) -> None:
    url = scratch_database()
    with new_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE orders AS SELECT generate_series(1, 7) AS id"))
    given = organization_payload(organization, url.render_as_string(hide_password=False))
    command = [*PROGRAM, "trigger", "analyst_workflow", "--payload", "-"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    job = get_job_by_run_id(line.removeprefix("Run "))
    assert json.loads(done.stdout) == job.result == {"success": True, "message_id": job.run_id}


def test_a_run_that_fails_says_why_and_exits_with_1(organization: OrganizationWithChat) -> None:
    given = organization_payload(organization, "postgresql://nobody@/nothing?host=/no/such/socket")
    with without_waiting():
        result = buster_jobs("trigger", "analyst_workflow", "--payload", given)
    (job,) = list_recent_jobs()
    assert (job.status, job.attempts) == ("failed", 3)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith(f"\n{job.error}\n")


def test_an_error_of_ours_is_one_sentence_without_a_traceback(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATABASE_URL="mysql://someone:hidden-7f3a@host/database")
    result = buster_jobs("database", "migrate")
    assert result.exit_code == 1
    assert result.stderr.startswith("BUSTER_DATABASE_URL must be of PostgreSQL, not of mysql")
    assert len(result.stderr.splitlines()) == 1
    assert "hidden-7f3a" not in result.output


def test_only_the_embedded_server_is_started_and_stopped(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATABASE_URL="postgresql://someone@host/database")
    for command in ("start", "stop"):
        result = buster_jobs("database", command)
        assert result.exit_code == 1
        assert "only the embedded PostgreSQL can be" in result.stderr


def test_the_embedded_server_is_started_migrated_seen_and_stopped(
    configure: Callable[..., None], short_folder: Path
) -> None:
    configure(BUSTER_STATE_DIR=str(short_folder))
    assert buster_jobs("database", "status").exit_code == 3
    assert buster_jobs("database", "start").exit_code == 0
    assert "Its schema is not current" in buster_jobs("database", "status").stdout
    assert buster_jobs("database", "migrate").stdout == "The schema was migrated.\n"
    assert "Its schema is current." in buster_jobs("database", "status").stdout
    assert buster_jobs("database", "stop").stdout == "PostgreSQL is stopped.\n"
    assert buster_jobs("database", "stop").stdout == "PostgreSQL was not running.\n"


@pytest.fixture
def short_folder(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A state folder of its own, that PostgreSQL's account may enter, and whose server is gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="buster-cli-"))
    folder.chmod(0o755)
    yield folder
    buster_jobs("database", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def sleeper() -> Generator[Callable[[Path], psutil.Popen]]:
    """`sleeper(checkout)`: a process with a child, both as `buster-jobs dev` of that checkout would leave them."""
    child = "import sys; print(1, flush=True); sys.stdin.read()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    started: list[psutil.Popen] = []

    def start(checkout: Path) -> psutil.Popen:
        process = psutil.Popen(
            [sys.executable, "-c", code],
            env=os.environ | {MARK: str(checkout)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        process.stdout.readline()
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(psutil.NoSuchProcess):
            process.kill()
        process.wait()


def test_stop_ends_the_processes_of_a_checkout_and_their_children(
    sleeper: Callable[[Path], psutil.Popen], tmp_path: Path
) -> None:
    process = sleeper(tmp_path)
    (child,) = process.children()
    assert end_processes(tmp_path) == sorted([process.pid, child.pid])
    assert not child.is_running()
    assert end_processes(tmp_path) == []


def test_stop_ends_children_that_have_lost_their_parent(
    sleeper: Callable[[Path], psutil.Popen], tmp_path: Path
) -> None:
    process = sleeper(tmp_path)
    (child,) = process.children()
    process.kill()
    process.wait()
    assert end_processes(tmp_path) == [child.pid]


def test_stop_leaves_another_checkouts_processes_alone(sleeper: Callable[[Path], psutil.Popen], tmp_path: Path) -> None:
    other = sleeper(tmp_path / "other")
    assert end_processes(tmp_path) == []
    assert other.is_running()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import nope", "line 1: ModuleNotFoundError: No module named 'nope'"),
        ("\ndef half(:", "line 2: SyntaxError: invalid syntax"),
        ("from buster_jobs.runtime import task\n\ntask()(print)", "line 3: TypeError: print: "),
    ],
)
def test_a_task_that_cannot_be_loaded_is_named_with_its_line(tmp_path: Path, code: str, sentence: str) -> None:
    shutil.copytree(ROOT / "buster_jobs", tmp_path / "buster_jobs", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "buster_jobs/tasks/half_done.py").write_text(code)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [*PROGRAM, "tasks"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The tasks cannot be loaded: buster_jobs/tasks/half_done.py, {sentence}")


def test_ready_says_what_to_look_at_when_no_worker_gets_warm(configure: Callable[..., None], tmp_path: Path) -> None:
    configure(BUSTER_STATE_DIR=str(tmp_path))
    result = buster_jobs("ready", "--timeout", "0")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "0 of 6 workers are warm after 0 s: is `make dev` or `buster-jobs workers` running?"
    )
