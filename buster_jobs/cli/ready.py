"""`buster-jobs ready`: wait until triggered runs start at once. For scripts, health checks and `dev`."""

import time

import click
import psutil

from buster_jobs.client import Client, WebserverError, WebserverUnavailable
from buster_jobs.packages.errors import Unavailable
from buster_jobs.runtime.start import wait_until_warm, workers_log

_LOOK_SECONDS = 0.2


@click.command()
@click.option("--timeout", default=120.0, show_default=True, help="Seconds after which to give up, with exit code 1.")
@click.option("--url", help="Also wait for the webserver at this address to have loaded the code location.")
@click.option("--location", default="buster_jobs", show_default=True, help="The code location's name there.")
@click.option("--beside", type=int, hidden=True, help="A process id: give up, silently, when that process has ended.")
def ready(timeout: float, url: str | None, location: str, beside: int | None) -> None:
    """Wait until each worker of this machine has executed its warm-up run."""
    end = time.monotonic() + timeout
    warm = _wait_for_workers(timeout, beside)
    if url is not None:
        with Client(url, location=location, attempts=1) as client:
            _wait_for_webserver(client, end, beside)
    click.echo(f"Ready: {warm} workers are warm" + (f", and {url} answers." if url else "."), err=True)


def _wait_for_workers(timeout: float, beside: int | None) -> int:
    seen = [0, 0]

    def note(warm: int, wanted: int) -> None:
        seen[:] = warm, wanted
        _end_with(beside)

    if not wait_until_warm(timeout, note):
        raise Unavailable(
            f"{seen[0]} of {seen[1]} workers are warm after {timeout:g} s: is `make dev` or `buster-jobs workers` "
            f"running? What workers print is in {workers_log()}."
        )
    return seen[0]


def _wait_for_webserver(client: Client, end: float, beside: int | None) -> None:
    while True:
        try:
            client.tasks()
        except (WebserverUnavailable, WebserverError):
            if time.monotonic() > end:
                raise
            _end_with(beside)
            time.sleep(_LOOK_SECONDS)
        else:
            return


def _end_with(beside: int | None) -> None:
    if beside is not None and not psutil.pid_exists(beside):
        raise SystemExit(1)
