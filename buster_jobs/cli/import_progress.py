"""The progress bar of an import, which follows the import's record in the database while its run goes on."""

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from buster_jobs.packages.database.sources.imports import Import, get_import
from buster_jobs.packages.errors import BusterError

_POLL_SECONDS = 0.3
_STEPS = {"reading": "Reading", "refused": "Refused", "staged": "Staged", "transformed": "Loading", "loaded": "Loaded"}


@contextmanager
def import_progress(console: Console, payload: Mapping[str, Any]) -> Generator[Callable[[str], None]]:
    """Show how far the import has come while the block lasts. Yields a function that sets the bar's text."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    ended = threading.Event()
    # What is printed meanwhile is the run's, whose output Dagster captures.
    with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as bar:
        shown = bar.add_task("Starting …", total=None)
        thread = threading.Thread(target=_follow, args=(bar, shown, payload, ended), daemon=True)
        thread.start()
        try:
            yield lambda text: bar.update(shown, description=text)
        finally:
            ended.set()
            thread.join()


def _follow(bar: Progress, shown: TaskID, payload: Mapping[str, Any], ended: threading.Event) -> None:
    organization, import_id = UUID(payload["organization_id"]), payload["import_id"]
    last = False
    while not last:
        last = ended.wait(_POLL_SECONDS)
        with suppress(BusterError):  # not begun, or no database at this moment
            _show(bar, shown, get_import(organization, import_id))


def _show(bar: Progress, shown: TaskID, found: Import) -> None:
    # Two passes over the source: validation, then extraction.
    is_over = found.state not in ("reading", "refused")
    total = found.bytes_in_all or (1 if is_over else None)
    done = total if is_over else found.bytes_read
    bar.update(shown, description=f"{_STEPS[found.state]}, {found.rows_read:,} rows", total=total, completed=done or 0)
