"""The root of the command line: its help, and errors as sentences."""

import subprocess
import sys
from collections.abc import Callable

from buster_jobs_tests.cli.command import buster_jobs


def test_help_lists_the_commands_without_importing_dagster() -> None:
    code = (
        "import sys; from buster_jobs.cli import main; main(['--help'], standalone_mode=False);"
        "sys.exit(sorted({'dagster', 'sqlalchemy', 'openai'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(command in done.stdout for command in ("trigger", "tasks", "demo", "dev", "database", "stop"))


def test_a_buster_error_is_printed_as_one_sentence_without_a_traceback(configure: Callable[..., None]) -> None:
    configure(BUSTER_DATABASE_URL="mysql://someone:hidden-7f3a@host/database")
    result = buster_jobs("database", "migrate")
    assert result.exit_code == 1
    assert result.stderr.startswith("BUSTER_DATABASE_URL must be of PostgreSQL, not of mysql")
    assert len(result.stderr.splitlines()) == 1
    assert "hidden-7f3a" not in result.output
