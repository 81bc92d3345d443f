"""`buster-jobs sources …`: add, test and list customers' databases; sync_source.py copies them."""

import shlex
import sys
from urllib.parse import urlsplit

import click
from click.core import ParameterSource
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from buster_jobs.cli.errors import WrongInput
from buster_jobs.cli.lookup import find_organization, find_source, is_taken
from buster_jobs.cli.sync_source import sync
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.data_sources.own_database import OurOwnDatabase
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.database.people.organizations import (
    Organization,
    create_organization,
    get_active_organizations,
)
from buster_jobs.packages.database.sources.data_sources import (
    StoredDataSource,
    create_data_source,
    find_data_sources,
    list_data_sources,
)
from buster_jobs.packages.database.sources.synced_tables import SyncSummary, sync_summaries
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.warehouse.open_source import open_source


@click.group()
def sources() -> None:
    """Customers' databases: add, test, list and copy them."""
    migrate()


@sources.command()
@click.argument("name")
@click.option("--organization", required=True, help="The organization that owns it, by its name or id.")
@click.option("--new-organization", is_flag=True, help="Create the organization first.")
@click.option(
    "--url",
    envvar="BUSTER_SOURCE_URL",
    show_envvar=True,
    help="Such as postgresql://user:password@host/database. Without it, you are asked, or it is read from stdin.",
)
@click.option("--no-test", is_flag=True, help="Add it even if it does not answer now.")
def add(name: str, organization: str, new_organization: bool, url: str | None, no_test: bool) -> None:
    """Connect to a data source, and add it as NAME.

    A URL that is typed after --url stays in the shell's history, and its password with it.
    """
    owner = None if new_organization else find_organization(organization)
    if not name.strip():
        raise WrongInput("Give the data source a name.")
    if new_organization and is_taken(organization):
        raise WrongInput(f"There is an organization {organization} already: leave --new-organization out.")
    clear = (url or _asked_url()).strip()
    source = connect(clear)
    _check_reached(source, must_answer=not no_test)
    owner_id = owner.id if owner else create_organization(name=organization).id
    stored = create_data_source(organization_id=owner_id, name=name, type=_type(source.dialect), connection_url=clear)
    called = shlex.quote(name) if len(find_data_sources(name)) == 1 else str(stored.id)
    click.echo(f"Added {stored.name} ({stored.id}). Copy it: buster-jobs sources sync {called} --all-tables")
    if _was_typed("url") and urlsplit(clear).password:
        click.echo("Careful: its password may be in your shell's history now. Leave --url out to be asked.", err=True)
    if not no_test:
        _warn(source.write_warnings())


def _check_reached(source: DataSource, *, must_answer: bool) -> None:
    try:
        source.test_connection()
    except OurOwnDatabase:
        raise
    except BusterError:
        if must_answer:
            raise


def _was_typed(option: str) -> bool:
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def _asked_url() -> str:
    """The URL from a hidden prompt, or from stdin if that is a pipe or a file."""
    if sys.stdin.isatty():
        return click.prompt("URL, such as postgresql://user:password@host/database", hide_input=True)
    url = sys.stdin.readline().strip()
    if not url:
        raise WrongInput("Give the data source's URL: with --url, in BUSTER_SOURCE_URL, or on stdin.")
    return url


@sources.command()
@click.argument("source")
def test(source: str) -> None:
    """Connect to SOURCE, a name or an id, and warn if its user may do more than read."""
    stored = find_source(source)
    opened = open_source(stored)
    tables = opened.introspect().tables
    click.echo(f"{stored.name} answers, with {len(tables)} tables and views that we may read.")
    _warn(opened.write_warnings())


@sources.command(name="list")
@click.option("--organization", help="Only data sources of this organization, by its name or id.")
def list_(organization: str | None) -> None:
    """List data sources with the state of their copies in the warehouse."""
    owners = [find_organization(organization)] if organization else get_active_organizations()
    shown = Table("source", "organization", "type", "status", "tables", "failed", "last copied", "id", box=None)
    summaries = sync_summaries()
    for owner in owners:
        for stored in list_data_sources(owner.id):
            shown.add_row(*_columns(stored, owner, summaries.get(stored.id, SyncSummary())))
    if shown.row_count:
        Console(width=max(Console().width, 160)).print(shown)
    else:
        click.echo("There are no data sources: `buster-jobs sources add` adds one.", err=True)


sources.add_command(sync)


def _columns(stored: StoredDataSource, owner: Organization, found: SyncSummary) -> list[str]:
    last = found.synced_at.astimezone().strftime("%Y-%m-%d %H:%M") if found.synced_at else "never"
    numbers = [str(found.tables), str(found.failed)]
    return [escape(stored.name), escape(owner.name), stored.type, stored.status, *numbers, last, str(stored.id)]


def _type(dialect: str) -> str:
    return "postgresql" if dialect == "postgres" else dialect


def _warn(warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        click.echo(f"Careful: {warning}", err=True)
