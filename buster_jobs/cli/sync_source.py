"""`buster-jobs sources sync`: copy a data source's tables now, as a real run, with a bar for each table."""

from collections.abc import Sequence
from typing import Any

import click

from buster_jobs.cli.lazy import Sentence, WrongInput
from buster_jobs.cli.sync_progress import sync_bars
from buster_jobs.packages.data_sources.catalog import Catalog
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.runs.jobs import get_job_by_run_id
from buster_jobs.packages.database.sources.data_sources import StoredDataSource
from buster_jobs.packages.database.sources.synced_tables import list_synced_tables
from buster_jobs.packages.warehouse.open_source import open_source
from buster_jobs.packages.warehouse.table_choice import choose_all_tables, choose_table


@click.command()
@click.argument("source")
@click.option("--table", "tables", multiple=True, help="Only this table, chosen from now on; may be repeated.")
@click.option("--all-tables", is_flag=True, help="Choose every table that was not chosen yet.")
@click.option("--cursor", metavar="COLUMN", help="With one --table: from now on copy only what is new by this column.")
@click.option("--key", "keys", multiple=True, metavar="COLUMN", help="With --cursor: merge by it, not the primary key.")
@click.option("--full-refresh", is_flag=True, help="Copy all rows again, also where changes would do.")
@click.option("--verbose", "-v", is_flag=True, help="Show the run's log lines.")
def sync(
    source: str, tables: tuple[str, ...], all_tables: bool, cursor: str | None, keys: tuple[str, ...], **options: bool
) -> None:
    """Copy SOURCE, a name or an id, into the warehouse. Exit code 1 when a table failed."""
    from buster_jobs.cli.sources import find_source

    if cursor and len(tables) != 1:
        raise WrongInput("--cursor says how one table is copied: name it with --table.")
    if keys and not cursor:
        raise WrongInput("--key says how changes are merged: say with --cursor by which column they are found.")
    stored = find_source(source)
    database = open_source(stored)  # said at once, and not after a run's three attempts
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
    """Choose what was named, and answer with it by the names that a sync takes."""
    if not tables:
        if not list_synced_tables(stored.id):
            raise WrongInput(f"No table of {stored.name} is chosen yet: name some with --table, or say --all-tables.")
        return []
    catalog = database.introspect()
    return [_chosen(stored, catalog, table, cursor, keys) for table in tables]


def _chosen(stored: StoredDataSource, catalog: Catalog, name: str, cursor: str | None, keys: Sequence[str]) -> str:
    """A table that was chosen before stays as it was chosen, unless a cursor says otherwise."""
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
    with only_ours(everything=verbose) as console, sync_bars(console), open_instance() as instance:
        add_partitions(instance, [stored.id])
        run = run_here(SYNC, payload, instance, lambda run_id: console.print(f"Run {run_id}", highlight=False))
    job = get_job_by_run_id(run.run_id)
    return run.run_id, job.error if job.status != "completed" else None
