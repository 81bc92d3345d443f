"""`buster-jobs views …`: register, list, refresh and remove organizations' materialized views."""

import json
import shlex
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from buster_jobs.cli.errors import Sentence, WrongInput
from buster_jobs.cli.lookup import find_organization
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.warehouse.views.refreshing import listening
from buster_jobs.packages.warehouse.views.registry import add_view, list_views
from buster_jobs.packages.warehouse.views.removing import remove_view
from buster_jobs.packages.warehouse.views.results import ViewsRefreshed
from buster_jobs.packages.warehouse.views.values import Outcome, View

_organization = click.option(
    "--organization", required=True, help="The organization that owns the views, by its name or id."
)


@click.group()
def views() -> None:
    """Register, list, refresh or remove an organization's materialized views."""
    migrate()


@views.command()
@click.argument("name")
@click.argument("query", metavar="SQL|@FILE")
@_organization
@click.option("--key", "unique_key", multiple=True, metavar="COLUMN", help="A column of the unique key; repeatable.")
def add(name: str, query: str, organization: str, unique_key: tuple[str, ...]) -> None:
    """Register the view NAME, or give it a new query; the next refresh fills it.

    With a key a refresh changes only the rows that differ; without one it replaces all rows.
    """
    view = add_view(find_organization(organization).id, name, _text(query), unique_key)
    reads = ", ".join(f"{read.schema}.{read.name}" for read in view.reads) or "no table"
    command = f"buster-jobs views refresh {shlex.quote(name)} --organization {shlex.quote(organization)}"
    click.echo(f"Registered. It reads {reads}. A running system fills it within a minute; to fill it now: {command}")


@views.command(name="list")
@_organization
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(organization: str, as_json: bool) -> None:
    """List the views with the outcome of their last refresh."""
    found = list_views(find_organization(organization).id)
    for view in found:
        click.echo(json.dumps(_as_json(view)) if as_json else _line(view))
    if not found and not as_json:
        click.echo("There are no views: `buster-jobs views add` registers one.", err=True)


@views.command()
@click.argument("names", nargs=-1)
@_organization
@click.option("--verbose", "-v", is_flag=True, help="Show the run's log lines.")
def refresh(names: tuple[str, ...], organization: str, verbose: bool) -> None:
    """Refresh the views NAMES and all views that read them, in a real run. Without NAMES, refresh all."""
    from buster_jobs.cli.runs import run_task_here  # with Dagster, which takes a second to import
    from buster_jobs.definitions import defs
    from buster_jobs.runtime.spec import asset_spec
    from buster_jobs.runtime.start import open_instance
    from buster_jobs.tasks.data.partitions import ORGANIZATIONS

    organization_id = str(find_organization(organization).id)
    defs.get_repository_def()
    with open_instance() as instance:
        instance.add_dynamic_partitions(str(ORGANIZATIONS.name), [organization_id])
    payload = {"partition_key": organization_id, "views": list(names) or None}
    run = run_task_here(asset_spec("refresh_materialized_views"), payload, verbose=verbose, display=_bar)
    if run.error:
        raise Sentence(run.error)
    if run.job:
        result = ViewsRefreshed.model_validate(run.job.result)
        what = "1 view" if result.refreshed == 1 else f"{result.refreshed} views"
        click.echo(f"Refreshed {what}: {result.rows:,} rows in {run.seconds:.1f} s.")


@views.command()
@click.argument("name")
@_organization
def remove(name: str, organization: str) -> None:
    """Remove the view NAME and its rows."""
    remove_view(find_organization(organization).id, name)


@contextmanager
def _bar(console: Console, text: str) -> Generator[Callable[[str], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Dagster captures stdout and stderr for the run.
    with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as progress:
        bar = progress.add_task(text, total=None)

        def show(outcome: Outcome, done: int, of: int) -> None:
            progress.update(bar, completed=done, total=of, description=outcome.view)
            if outcome.error:
                progress.console.print(f"{outcome}", highlight=False, markup=False)

        with listening(show):
            yield lambda words: progress.update(bar, description=words)


def _text(argument: str) -> str:
    if not argument.startswith("@"):
        return argument
    try:
        return Path(argument[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongInput(f"The file {argument[1:]} cannot be read: it must exist and be UTF-8 text.") from None


def _line(view: View) -> str:
    if view.refreshed_at is None:
        content = "no content yet"
    else:
        when = view.refreshed_at.astimezone().isoformat(sep=" ", timespec="seconds")
        content = f"{view.rows or 0:,} rows, {view.bytes or 0:,} bytes, of {when}"
    problem = f"  {view.status}: {view.error}" if view.error else ""
    return f"{view.name}  {content}{problem}"


def _as_json(view: View) -> dict[str, object]:
    return {
        "name": view.name,
        "query": view.query,
        "key": view.unique_key,
        "reads": [f"{read.schema}.{read.name}" for read in view.reads],
        "status": view.status,
        "error": view.error,
        "rows": view.rows,
        "bytes": view.bytes,
        "seconds": view.seconds,
        "refreshed_at": view.refreshed_at.isoformat() if view.refreshed_at else None,
    }
