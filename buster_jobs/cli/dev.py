"""`buster-jobs dev`: Dagster's UI, daemon and code server in the foreground."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from buster_jobs.cli.demo_setup import set_up_with_progress
from buster_jobs.cli.processes import MARK
from buster_jobs.demo.server import DEFAULT_DATABASE
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.settings import dagster_file, get_settings, project_root

HOST = "127.0.0.1"


@click.command()
@click.option("--port", envvar="PORT", default=3000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--database", default=DEFAULT_DATABASE, show_default=True, help="The database that holds the demo data.")
def dev(port: int, database: str) -> None:
    """Serve the UI on 127.0.0.1 until Ctrl-C. Migrates the schema and loads the demo data first."""
    _refuse_taken(port)
    set_up_with_progress(database)
    url = f"http://{HOST}:{port}"
    click.echo(f"The UI opens on {url} in a few seconds; Ctrl-C ends it.", err=True)
    os.chdir(project_root())
    environment = _dagster_home() | os.environ | {MARK: str(project_root())}
    _say_when_ready(url, environment)
    program = Path(sys.executable).with_name("dagster")
    command = [str(program), "dev", "--host", HOST, "--port", str(port), *_workspace()]
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background ignores it, and then Dagster SIGTERM too
    os.execve(program, command, environment)  # noqa: S606 - Ctrl-C and signals reach Dagster itself


def _dagster_home() -> dict[str, str]:
    """Where the working folder has no dagster.yaml for Dagster to find: a home in the state folder, with ours."""
    ours = dagster_file("dagster.yaml")
    if ours.parent == project_root():
        return {}
    home = get_settings().state_dir.resolve() / "dagster_home"
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(ours, home)
    return {"DAGSTER_HOME": str(home)}


def _workspace() -> list[str]:
    """Outside a checkout, where no pyproject.toml tells Dagster: our code location."""
    ours = dagster_file("workspace.yaml")
    return [] if ours.parent == project_root() else ["--workspace", str(ours)]


def _say_when_ready(url: str, environment: dict[str, str]) -> None:
    """Start `buster-jobs ready` in a process of its own: this process becomes Dagster and cannot print it."""
    pid = os.fork()
    if pid == 0:  # a grandchild, so that Dagster has no child that it does not know
        command = [sys.executable, "-m", "buster_jobs.cli", "ready", "--url", url, "--beside", str(os.getppid())]
        subprocess.Popen(  # noqa: S603 - our own module, and the URL is made of a number
            command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        os._exit(0)
    os.waitpid(pid, 0)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise InvalidInput(
                f"Port {port} of {HOST} is taken: run `buster-jobs stop` if an older `buster-jobs dev` has it, or name "
                "another with `--port`. In a checkout: `make stop`, and `make dev PORT=…`."
            ) from None
