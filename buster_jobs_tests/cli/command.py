"""The command line, called as a person or a script calls it."""

import sys

from click.testing import CliRunner, Result

from buster_jobs.cli import main

PROGRAM = (sys.executable, "-m", "buster_jobs.cli")


def buster_jobs(*arguments: str, stdin: str = "") -> Result:
    """The command in this process: quick, but Dagster's own output does not pass through it."""
    return CliRunner().invoke(main, arguments, input=stdin)
