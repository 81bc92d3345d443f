"""`buster-jobs demo`: set the demo up, ask it a question, and print the answer."""

import click

from buster_jobs.cli.answer import print_answer
from buster_jobs.cli.demo_setup import set_up_with_progress
from buster_jobs.cli.errors import Sentence
from buster_jobs.demo.server import DEFAULT_DATABASE
from buster_jobs.packages.database.people.chats import create_chat_message

DEFAULT_QUESTION = "Which airline had the worst average arrival delay in July?"


@click.command()
@click.argument("question", required=False, envvar="BUSTER_QUESTION")
@click.option("--database", default=DEFAULT_DATABASE, show_default=True, help="The database that holds the demo data.")
def demo(question: str | None, database: str) -> None:
    """Ask the flights database QUESTION in a real run of analyst_workflow, and print the answer.

    Starts the database, migrates its schema and loads the demo data first, if that is still to be done.
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
