"""`buster-jobs database …`: start and stop the embedded PostgreSQL, and migrate the schema of the database in use."""

import click

from buster_jobs.packages.database import migrate as migrations
from buster_jobs.packages.database.server import embedded, engine
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.settings import get_settings


@click.group()
def database() -> None:
    """Start, stop, inspect or migrate the database."""


@database.command()
def start() -> None:
    """Start the embedded PostgreSQL, if it is not running."""
    _refuse_for_another_server("started")
    server = embedded.ensure_running()
    click.echo(f"PostgreSQL is running (process {server.pid}, socket in {server.socket_dir}).")


@database.command()
def stop() -> None:
    """Stop the embedded PostgreSQL. Open transactions of its clients are rolled back."""
    _refuse_for_another_server("stopped")
    click.echo("PostgreSQL is stopped." if embedded.stop() else "PostgreSQL was not running.")


@database.command()
def status() -> None:
    """Show whether the database answers and its schema is current. Exit code 3: it is not running."""
    if get_settings().database_url is None:
        server = embedded.status()
        if server is None:
            click.echo("The embedded PostgreSQL is not running: `buster-jobs database start` starts it.")
            raise SystemExit(3)
        click.echo(f"The embedded PostgreSQL is running (process {server.pid}, data in {server.data_dir}).")
    else:
        click.echo(f"PostgreSQL at {engine.database_url().render_as_string(hide_password=True)} is used.")
    current = migrations.is_current()
    click.echo(
        "Its schema is current." if current else "Its schema is not current: run `buster-jobs database migrate`."
    )


@database.command()
def migrate() -> None:
    """Bring the schema to the newest migration."""
    click.echo("The schema was migrated." if migrations.migrate() else "The schema is current.")


def _refuse_for_another_server(done: str) -> None:
    if get_settings().database_url is not None:
        raise InvalidInput(f"BUSTER_DATABASE_URL is set, and only the embedded PostgreSQL can be {done} from here.")
