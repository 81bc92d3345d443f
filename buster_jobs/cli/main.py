"""The root of the command line: which commands there are."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from buster_jobs.cli.errors import Sentence, lost_connection, missing_server_part
from buster_jobs.packages.errors import BusterError

_COMMANDS = {
    "trigger": ("buster_jobs.cli.trigger:trigger", "Run a task in this process, and print its result."),
    "tasks": ("buster_jobs.cli.tasks:tasks", "List the tasks; `tasks show NAME` describes one's payload."),
    "dead-letters": (
        "buster_jobs.cli.dead_letters:dead_letters",
        "List runs that failed for good; replay or discard them.",
    ),
    "views": ("buster_jobs.cli.views:views", "Register, list, refresh or remove organizations' materialized views."),
    "retention": (
        "buster_jobs.cli.retention:retention",
        "See and change how long rows are kept, and preview the clean-up.",
    ),
    "import": ("buster_jobs.cli.imports:import_", "Import a file into a table of an organization's warehouse."),
    "demo": ("buster_jobs.cli.demo:demo", "Ask the demo's flights database a question."),
    "dev": ("buster_jobs.cli.dev:dev", "Open the UI, with the demo data, until Ctrl-C."),
    "workers": ("buster_jobs.cli.workers:workers", "Run this machine's workers in the foreground."),
    "ready": ("buster_jobs.cli.ready:ready", "Wait until this machine's workers are warm."),
    "sources": ("buster_jobs.cli.sources:sources", "Customers' databases: add, test, list and copy them."),
    "database": ("buster_jobs.cli.database:database", "Start, stop, inspect or migrate the database."),
    "stop": ("buster_jobs.cli.stop:stop", "End every process of this checkout."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and prints an error of ours as one sentence.

    `lazy` maps a command's name to "module:attribute" and its line in --help, so that --help imports no command.
    """

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
        """Run a command. Turn a `BusterError`, a lost connection or a missing server part into one sentence."""
        try:
            return super().invoke(ctx)
        except BusterError as error:
            raise Sentence(error.message) from None
        except Exception as error:
            if (sentence := missing_server_part(error) or lost_connection(error)) is None:
                raise
            raise Sentence(sentence) from None


@click.group(cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Buster's background jobs."""
