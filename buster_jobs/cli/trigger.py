"""`buster-jobs trigger`: run a task in this process or by a webserver, and print its result."""

import json
import sys
from pathlib import Path
from typing import Any, cast

import click

from buster_jobs.cli.errors import Sentence, WrongInput
from buster_jobs.client import Client
from buster_jobs.packages import run_tags
from buster_jobs.packages.errors import InvalidInput


@click.command()
@click.argument("task")
@click.option("--payload", default="{}", metavar="JSON|@FILE|-", help="JSON text, @ and a file's name, or - for stdin.")
@click.option("--url", help="Let the webserver at this address run it, instead of this process.")
@click.option("--idempotency-key", help="With --url: a key that was used before returns that run's result.")
@click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar="NAME=VALUE",
    help="A tag of the run; repeatable. Tags that say when it starts need --url.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show the run's log lines. Not with --url.")
def trigger(
    task: str, payload: str, *, url: str | None, idempotency_key: str | None, tags: tuple[str, ...], verbose: bool
) -> None:
    """Run TASK as a real run, which the UI shows too, and print its result as JSON.

    Exit code 1: the run failed, or the task rejected its payload. 2: an argument or option cannot be used.
    """
    if url is None and idempotency_key is not None:
        raise click.UsageError("--idempotency-key needs --url: a run in this process is a run of its own.")
    read, named = _read_payload(payload), _read_tags(tags)
    if url is None:
        result, error = _run_here(task, read, named, verbose)
    else:
        result, error = _run_there(url, task, read, named, idempotency_key)
    if result is not None:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    if error:
        raise Sentence(error)


def _run_here(task: str, payload: dict[str, Any], tags: dict[str, str], verbose: bool) -> tuple[Any, str | None]:
    from buster_jobs.cli.code_location import find_task
    from buster_jobs.cli.runs import run_task_here  # with Dagster

    run = run_task_here(find_task(task), payload, tags=tags, verbose=verbose)
    return run.job.result if run.job else None, run.error


def _run_there(
    url: str, task: str, payload: dict[str, Any], tags: dict[str, str], key: str | None
) -> tuple[Any, str | None]:
    with Client(url) as client:
        try:
            handle = client.trigger(task, payload, idempotency_key=key, tags=tags)
        except InvalidInput as error:
            raise WrongInput(error.message) from None
        click.echo(f"Run {handle.run_id}", err=True)
        run = client.wait(handle.run_id)
    return run.result, None if run.success else run.error or f"The run ended as {run.status}: see its log in the UI."


def _read_payload(argument: str) -> dict[str, Any]:
    try:
        value = json.loads(_text(argument))
    except OSError as error:
        raise WrongInput(f"The payload's file cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise WrongInput(f"The payload is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise WrongInput('The payload must be a JSON object, such as {"name": "value"}.')
    return cast("dict[str, Any]", value)


def _read_tags(arguments: tuple[str, ...]) -> dict[str, str]:
    pairs = [argument.partition("=") for argument in arguments]
    for name, equals, _ in pairs:
        if not (name and equals):
            raise WrongInput(f"A tag is NAME=VALUE, such as {run_tags.PRIORITY}=5, not {name!r}.")
    return {name: value for name, _, value in pairs}


def _text(argument: str) -> str:
    if argument == "-":
        return sys.stdin.read()
    if argument.startswith("@"):
        return Path(argument[1:]).read_text("utf-8")
    return argument
