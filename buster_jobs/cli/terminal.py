"""What a person sees in the terminal while a run goes on: our progress on stderr, without other programs' output."""

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner


@contextmanager
def only_ours(*, everything: bool = False) -> Generator[Console]:
    """A console on stderr, while all other output (Dagster's logs, child processes) is discarded.

    The run keeps that output all the same: Dagster captures it before. `everything` prints it too.
    """
    if everything:
        yield Console(stderr=True)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    kept = {number: os.dup(number) for number in (1, 2)}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for number in kept:
            os.dup2(nowhere, number)
        with os.fdopen(os.dup(kept[2]), "w", encoding="utf-8", errors="replace") as stderr:
            yield Console(file=stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in kept.items():
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)


@contextmanager
def spinning(console: Console, text: str) -> Generator[Callable[[str], None]]:
    """Show a spinner beside a text while the block lasts. Yields a function that sets the text.

    It leaves stdout and stderr to Dagster, which captures them for the run; rich's own status would replace them.
    """
    spinner = Spinner("dots", text=text)
    live = Live(
        spinner, console=console, transient=True, refresh_per_second=12.5, redirect_stdout=False, redirect_stderr=False
    )
    with live:
        yield lambda text: spinner.update(text=text)
