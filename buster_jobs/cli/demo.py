"""`buster-jobs demo`: from nothing to an answered question."""

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from buster_jobs.cli.answer import print_answer
from buster_jobs.cli.errors import Sentence
from buster_jobs.demo.rows import DemoRows
from buster_jobs.demo.server import DEFAULT_DATABASE
from buster_jobs.demo.setup import set_up_demo
from buster_jobs.packages.database.people.chats import create_chat_message

DEFAULT_QUESTION = "Which airline had the worst average arrival delay in July?"


@click.command()
@click.argument("question", required=False, envvar="BUSTER_QUESTION")
@click.option("--database", default=DEFAULT_DATABASE, show_default=True, help="The database that holds the demo data.")
def demo(question: str | None, database: str) -> None:
    """Ask the flights database QUESTION, with the real task in a real run, and print the answer.

    Starts the database, brings its schema up to date and loads the demo data first, where that is missing.
    """
    rows = set_up_with_progress(database)
    asked = (question or "").strip() or DEFAULT_QUESTION
    create_chat_message(chat_id=rows.chat_id, role="user", content=asked)
    # Dagster's import takes a second: only once there is something to run.
    from buster_jobs.cli.code_location import find_task
    from buster_jobs.cli.runs import run_task_here

    run = run_task_here(find_task("analyst_workflow"), rows.payload(asked))
    if run.error:
        raise Sentence(f"The run {run.run_id} failed. {run.error}")
    print_answer(asked, run)


def set_up_with_progress(database: str) -> DemoRows:
    """Everything but the question, with a progress bar while the flights are loaded."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with console.status("Starting PostgreSQL …") as status, Progress(*columns, console=console) as bar:
        loading = bar.add_task("Loading 336,776 flights", visible=False)

        def show(done: int, total: int) -> None:
            status.stop()
            bar.update(loading, completed=done, total=total, visible=True)
            if done == total:
                bar.update(loading, description="Indexing 336,776 flights")

        return set_up_demo(database, show)
