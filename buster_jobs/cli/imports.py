"""`buster-jobs import`: import a file into a table, in this process or by a webserver's workers."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import click
from rich.console import Console
from rich.table import Table

from buster_jobs.cli.errors import Sentence, WrongInput
from buster_jobs.cli.import_progress import import_progress
from buster_jobs.cli.lookup import find_organization
from buster_jobs.client import Client, InvalidPayload, UnknownTask
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.database.sources.imports import list_rejects
from buster_jobs.packages.errors import BusterError
from buster_jobs.packages.settings import get_settings
from buster_jobs.packages.warehouse.imports.files import shown_name

_TASK = "data_import_workflow"
_SHOWN_REJECTS = 20


@click.command(name="import")
@click.argument("file", metavar="FILE|URL")
@click.option("--organization", required=True, help="Whose warehouse: the organization's name or id.")
@click.option("--table", help="The table to fill; it is created if missing. Default: the file's name.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=NAME", help="Another name for a column of the file.")
@click.option("--type", "types", multiple=True, metavar="COLUMN=TYPE", help="A column's type, such as code=text.")
@click.option(
    "--trim", "trims", multiple=True, metavar="COLUMN", help="A column whose texts are stripped of blanks at both ends."
)
@click.option("--only", is_flag=True, help="Import only the columns that --map, --type or --trim name.")
@click.option(
    "--key", "keys", multiple=True, metavar="NAME", help="A column of the key: rows with a known key are updated."
)
@click.option("--null", "nulls", multiple=True, metavar="WORD", help="A text that stands for NULL, such as NA.")
@click.option("--replace", is_flag=True, help="Replace the table's rows with those of the file.")
@click.option(
    "--allow-rejects", type=click.IntRange(0), default=0, show_default=True, help="How many rows may be rejected."
)
@click.option("--format", "format_", type=click.Choice(("auto", "csv", "jsonl", "parquet")), default="auto")
@click.option("--delimiter", help="CSV: what separates fields. Default: found in the file.")
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of a CSV or JSON lines file.")
@click.option("--import-id", help="The import's id: the same id is loaded only once. Default: a new id.")
@click.option(
    "--wait", type=click.FloatRange(0, 86_400), default=5, show_default=True, help="Seconds to wait before loading."
)
@click.option("--url", help="Let the webserver at this address run it, instead of this process.")
@click.option("--verbose", "-v", is_flag=True, help="Show the run's log lines. Not with --url.")
def import_(
    file: str, organization: str, url: str | None, verbose: bool, import_id: str | None, **options: Any
) -> None:
    """Import FILE (CSV, JSON lines or Parquet, also packed as .gz, .bz2, .xz or .zip) into a table.

    Exit code 1: the import was refused or failed. 2: an argument or option cannot be used.
    """
    migrate()
    used_id = import_id or f"{_name(file)[:100]} {uuid4()}"
    owner = find_organization(organization).id
    payload = {"organization_id": str(owner), "import_id": used_id, **_declared(file, options)}
    result, error = _run_here(file, payload, verbose) if url is None else _run_there(url, file, payload)
    if error is None:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    _print_rejects(owner, used_id)
    if error:
        raise Sentence(error)


def _name(file: str) -> str:
    """The file's name. A URL's query is left out: it may hold a secret, and an import's id is also in tags."""
    return Path(shown_name(file)).name


def _declared(file: str, options: dict[str, Any]) -> dict[str, Any]:
    rules: dict[str, dict[str, Any]] = {}
    for field, pairs in (("name", options["maps"]), ("type", options["types"])):
        for pair in pairs:
            column, equals, value = pair.rpartition("=")
            if not (column and equals and value):
                raise WrongInput(f"Write {pair!r} as COLUMN={field.upper()}.")
            rules.setdefault(column, {"source": column})[field] = value
    for column in options["trims"]:
        rules.setdefault(column, {"source": column})["trim"] = True
    source = {"format": options["format_"], "encoding": options["encoding"]}
    if options["delimiter"] is not None:
        source["delimiter"] = options["delimiter"].replace("\\t", "\t")
    return {
        "source": {"file": file, **source},
        "table": options["table"] or _name(file).partition(".")[0],
        "columns": list(rules.values()),
        "other_columns": "ignore" if options["only"] else "import",
        "key": list(options["keys"]),
        "null_words": list(options["nulls"]),
        "mode": "replace" if options["replace"] else "append",
        "allowed_rejects": options["allow_rejects"],
        "wait_seconds": options["wait"],
    }


def _run_here(file: str, payload: dict[str, Any], verbose: bool) -> tuple[Any, str | None]:
    from buster_jobs.cli.code_location import find_task
    from buster_jobs.cli.runs import run_task_here  # with Dagster

    if "://" not in file:
        _allow(payload, file)

    def bar(console: Console, _text: str) -> AbstractContextManager[Callable[[str], None]]:
        return import_progress(console, payload)

    run = run_task_here(find_task(_TASK), payload, verbose=verbose, display=bar)
    return run.job.result if run.job else None, run.error


def _allow(payload: dict[str, Any], file: str) -> None:
    """Let this process import from the file's folder: the person who types the command may read the file anyway."""
    path = Path(file).resolve()
    if not path.is_file():
        raise WrongInput(f"There is no file {file}.")
    os.environ["BUSTER_IMPORT_DIR"] = str(path.parent)
    get_settings.cache_clear()
    payload["source"]["file"] = path.name


def _run_there(url: str, file: str, payload: dict[str, Any]) -> tuple[Any, str | None]:
    if "://" not in file:
        payload["source"]["file"] = _path_there(file)
    with Client(url) as client:
        try:
            handle = client.trigger(_TASK, payload, idempotency_key=payload["import_id"])
        except (InvalidPayload, UnknownTask) as error:
            raise WrongInput(error.message) from None
        console = Console(stderr=True)
        console.print(f"Run {handle.run_id}", highlight=False)
        with import_progress(console, payload):
            run = client.wait(handle.run_id)
    return run.result, None if run.success else run.error or f"The run ended as {run.status}: see its log in the UI."


def _path_there(file: str) -> str:
    """The file's path below BUSTER_IMPORT_DIR, as workers elsewhere read it. Raises `WrongInput` for other places."""
    folder = get_settings().import_dir
    path = Path(file).resolve()
    if folder is None or not path.is_relative_to(folder.resolve()):
        raise WrongInput(
            "The webserver's workers read files below BUSTER_IMPORT_DIR: put the file there, and set it here as there."
        )
    return str(path.relative_to(folder.resolve()))


def _print_rejects(organization: UUID, import_id: str) -> None:
    try:
        rejects = list_rejects(organization, import_id, limit=_SHOWN_REJECTS + 1)
    except BusterError:
        return
    if not rejects:
        return
    table = Table("line", "column", "value", "reason", title="Rejected", title_justify="left")
    for reject in rejects[:_SHOWN_REJECTS]:
        table.add_row(str(reject.line), reject.column or "", reject.value or "", reject.reason)
    console = Console(stderr=True)
    console.print(table)
    if len(rejects) > _SHOWN_REJECTS:
        console.print("… and more: they are in buster.import_rejects.", highlight=False)
