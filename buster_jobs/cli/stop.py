"""`buster-jobs stop`: end the processes of this checkout and the embedded PostgreSQL."""

import click

from buster_jobs.cli.processes import end_processes
from buster_jobs.packages.database.server import embedded
from buster_jobs.packages.settings import project_root


@click.command()
def stop() -> None:
    """End every process of this checkout: UI, daemon, code servers, runs, and the embedded PostgreSQL."""
    ended = end_processes(project_root())
    stopped = embedded.stop()
    if ended:
        click.echo(f"Ended {len(ended)} process{'es' if len(ended) > 1 else ''} of Dagster.")
    if stopped:
        click.echo("Stopped the embedded PostgreSQL.")
    if not ended and not stopped:
        click.echo("Nothing was running.")
