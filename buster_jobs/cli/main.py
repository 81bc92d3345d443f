"""The root of the command line: which commands there are."""

import click

from buster_jobs.cli.lazy import LazyGroup

_COMMANDS = {
    "trigger": ("buster_jobs.cli.trigger:trigger", "Run a task here, as a real run, and print its result."),
    "tasks": ("buster_jobs.cli.tasks:tasks", "List the tasks; `tasks show NAME` describes one's payload."),
    "dead-letters": (
        "buster_jobs.cli.dead_letters:dead_letters",
        "See what failed for good; replay it.",
    ),
    "views": ("buster_jobs.cli.views:views", "Register, list, refresh or remove organizations' materialized views."),
    "retention": (
        "buster_jobs.cli.retention:retention",
        "See and change how long rows are kept, and preview the clean-up.",
    ),
    "import": ("buster_jobs.cli.imports:import_", "Import a file into a table of an organization's warehouse."),
    "demo": ("buster_jobs.cli.demo:demo", "Ask the demo's flights database a question."),
    "dev": ("buster_jobs.cli.dev:dev", "Open the UI, with the demo data, until Ctrl-C."),
    "workers": ("buster_jobs.cli.workers:workers", "Run this machine's workers, where no server keeps them."),
    "ready": ("buster_jobs.cli.ready:ready", "Wait until this machine's workers are warm."),
    "sources": ("buster_jobs.cli.sources:sources", "Customers' databases: add, test, list and copy them."),
    "database": ("buster_jobs.cli.database:database", "Start, stop, inspect or migrate the database."),
    "stop": ("buster_jobs.cli.stop:stop", "End every process of this checkout."),
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Buster's background jobs."""
