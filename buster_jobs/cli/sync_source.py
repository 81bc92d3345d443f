"""`buster-jobs sources sync`: copy a data source's tables now, as a real run, with a bar for each table."""

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from buster_jobs.cli.errors import Sentence, WrongInput
from buster_jobs.cli.lookup import find_source
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.sources.data_sources import StoredDataSource
from buster_jobs.packages.database.sources.synced_tables import list_synced_tables
from buster_jobs.packages.warehouse import progress
from buster_jobs.packages.warehouse.open_source import open_source
from buster_jobs.packages.warehouse.table_choice import choose_all_tables, choose_table


@click.command()
@click.argument("source")
@click.option(
    "--table", "tables", multiple=True, help="Copy only this table, and include it in later syncs; repeatable."
)
@click.option("--all-tables", is_flag=True, help="Copy every table, and include it in later syncs.")
@click.option(
    "--cursor", metavar="COLUMN", help="With one --table: from now on copy only rows that are new by this column."
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="COLUMN",
    help="With --cursor: merge by this column, not by the primary key.",
)
@click.option("--full-refresh", is_flag=True, help="Copy all rows again, also of tables with a cursor.")
@click.option("--verbose", "-v", is_flag=True, help="Show the run's log lines.")
def sync(
    source: str, tables: tuple[str, ...], all_tables: bool, cursor: str | None, keys: tuple[str, ...], **options: bool
) -> None:
    """Copy SOURCE, a name or an id, into the warehouse. Exit code 1 when a table failed."""
    if cursor and len(tables) != 1:
        raise WrongInput("--cursor says how one table is copied: name it with --table.")
    if keys and not cursor:
        raise WrongInput("--key says how changes are merged: also give --cursor, the column by which they are found.")
    stored = find_source(source)
    database = open_source(stored)  # fails at once, and not after a run's three attempts
    if all_tables:
        choose_all_tables(stored.id, database.introspect())
    named = _choose(stored, database, tables, cursor, keys)
    payload = {
        "partition_key": str(stored.id),
        "tables": [] if all_tables else named,
        "full_refresh": options["full_refresh"],
    }
    run_id, error = _run(stored, payload, verbose=options["verbose"])
    if error:
        raise Sentence(f"Run {run_id} failed. {error}")
    result: Any = get_job_by_run_id(run_id).result
    number = result["tables_succeeded"]
    copied = "1 table" if number == 1 else f"{number} tables"
    click.echo(f"{copied} copied, {result['rows']:,} rows read, {result['rows_written']:,} written.")


def _choose(
    stored: StoredDataSource, database: DataSource, tables: Sequence[str], cursor: str | None, keys: Sequence[str]
) -> list[str]:
    """Choose the tables that were named. Returns their names as a sync takes them."""
    if not tables:
        if not list_synced_tables(stored.id):
            raise WrongInput(f"No table of {stored.name} is chosen yet: name some with --table, or give --all-tables.")
        return []
    catalog = database.introspect()
    return [_chosen(stored, catalog, table, cursor, keys) for table in tables]


def _chosen(stored: StoredDataSource, catalog: Catalog, name: str, cursor: str | None, keys: Sequence[str]) -> str:
    """The name of a table after it was chosen. One that was chosen before is changed only if a cursor is given."""
    there = {table.source_name: table for table in list_synced_tables(stored.id)}
    if cursor is None and (known := there.get(name) or there.get(f"public.{name}")):
        return known.source_name
    return choose_table(stored.id, catalog, name, cursor=cursor, key=keys).source_name


def _run(stored: StoredDataSource, payload: dict[str, Any], *, verbose: bool) -> tuple[str, str | None]:
    from buster_jobs.cli.terminal import only_ours
    from buster_jobs.definitions import defs  # knows the assets
    from buster_jobs.runtime.start import open_instance, run_here
    from buster_jobs.tasks.data.syncs import SYNC, add_partitions

    defs.get_repository_def()
    with only_ours(everything=verbose) as console, _sync_bars(console), open_instance() as instance:
        add_partitions(instance, [stored.id])
        run = run_here(SYNC, payload, instance, lambda run_id: console.print(f"Run {run_id}", highlight=False))
    job = get_job_by_run_id(run.run_id)
    return run.run_id, job.error if job.status != "completed" else None


@contextmanager
def _sync_bars(console: Console) -> Generator[None]:
    """Show a bar for each table of a sync in this process while the block lasts, and one for tables looked at."""
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
