"""A click group that imports a command when it is called, and turns our errors into one sentence."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any

import click

from buster_jobs.cli.lost_connection import lost_connection
from buster_jobs.packages.errors import BusterError


class Sentence(click.ClickException):
    """What went wrong, alone on stderr: our messages need no prefix. Exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message as it is."""
        click.echo(self.message, file=file, err=True)


class WrongInput(Sentence):
    """What was typed cannot be used. Exit code 2, as for click's own usage errors."""

    exit_code = 2


class LazyGroup(click.Group):
    """`lazy` maps a command's name to "module:attribute" and its line in --help, which thus imports none of them."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which they were given."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._lazy[cmd_name][0].partition(":")
        return getattr(import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._lazy.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a `BusterError`, a lost connection and a missing server part each become one sentence."""
        try:
            return super().invoke(ctx)
        except BusterError as error:
            raise Sentence(error.message) from None
        except Exception as error:
            if (sentence := _missing_server_part(error) or lost_connection(error)) is None:
                raise
            raise Sentence(sentence) from None


def _missing_server_part(error: Exception) -> str | None:
    """What to install when a command needs more than the client; None for any other error."""
    if not isinstance(error, ModuleNotFoundError) or find_spec("dagster") is not None:
        return None
    return (
        "This needs the server part: pip install 'buster-jobs[server]'. "
        "The client alone triggers tasks on a webserver: buster-jobs trigger TASK --url URL."
    )
