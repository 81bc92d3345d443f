"""The errors of commands: each is one sentence on stderr and an exit code."""

import sys
from importlib.util import find_spec
from typing import IO, Any

import click

_PASSING_CLASSES = ("08", "53", "57P")
"""SQLSTATEs of a lost or refused connection, from the PostgreSQL manual, appendix A; libpq's own errors have none."""


class Sentence(click.ClickException):
    """What went wrong, printed to stderr without a prefix. Exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is."""
        click.echo(self.message, file=file, err=True)


class WrongInput(Sentence):
    """The arguments, options or input of a command cannot be used. Exit code 2, as for click's own usage errors."""

    exit_code = 2


def lost_connection(error: Exception) -> str | None:
    """A sentence for a driver's error that says PostgreSQL is unreachable; None for any other error.

    Commands that use a driver directly raise its own errors. The sentence holds no part of the connection's URL.
    """
    said = getattr(error, "orig", None) or error
    state = getattr(said, "sqlstate", None) or getattr(said, "pgcode", None) or ""
    if not isinstance(said, _operational_errors()) or not (state == "" or state.startswith(_PASSING_CLASSES)):
        return None
    return (
        "PostgreSQL cannot be reached, or the connection was lost: check that it runs, and check BUSTER_DATABASE_URL."
    )


def _operational_errors() -> tuple[type[Exception], ...]:
    # Only of drivers that the command has imported: importing one here would slow every command's start down.
    drivers = [sys.modules[name] for name in ("psycopg", "psycopg2") if name in sys.modules]
    return tuple(driver.OperationalError for driver in drivers)


def missing_server_part(error: Exception) -> str | None:
    """What to install when a command needs more than the client; None for any other error."""
    if not isinstance(error, ModuleNotFoundError) or find_spec("dagster") is not None:
        return None
    return (
        "This needs the server part: pip install 'buster-jobs[server]'. "
        "The client alone triggers tasks on a webserver: buster-jobs trigger TASK --url URL."
    )
