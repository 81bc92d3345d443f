"""The bars of a sync: one for looking at the tables, one for each table that is copied. Runs nothing."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from buster_jobs.packages.warehouse import progress


@contextmanager
def sync_bars(console: Console) -> Generator[None]:
    """Show on the console how far a sync in this process has come, for as long as the block lasts."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # What is printed meanwhile is the run's, whose output Dagster captures.
    with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as shown:
        bars = _Bars(shown)
        with progress.listening(bars.show):
            yield


class _Bars:
    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._known: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def show(self, step: progress.Progress) -> None:
        """Called from several threads, of which each is at a table of its own."""
        if step.work == "profile":
            self._profiled(step)
            return
        bar = self._bar(step.table, step.expected)
        # A table's name may look like markup.
        name, rows = escape(step.table), step.rows
        if step.ended is None:
            self._shown.update(bar, completed=rows, total=max(step.expected, rows))
        elif step.failed:
            self._shown.update(bar, completed=rows, description=f"[red]{name} failed[/red]")
        else:
            self._shown.update(bar, completed=rows, total=rows)

    def _profiled(self, step: progress.Progress) -> None:
        bar = self._bar("tables looked at", None)
        if step.ended is not None:
            self._shown.advance(bar)

    def _bar(self, name: str, total: int | None) -> TaskID:
        with self._lock:
            if name not in self._known:
                self._known[name] = self._shown.add_task(escape(name), total=total)
            return self._known[name]
