"""What a person sees while something runs."""

import io
import sys

from rich.console import Console

from buster_jobs.cli.terminal import spinning


def test_a_spinner_leaves_stdout_and_stderr_to_the_run_that_prints() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    before = sys.stdout, sys.stderr
    with spinning(console, "Working …") as say:
        say("Still working …")
        assert (sys.stdout, sys.stderr) == before
