"""`buster-jobs dead-letters …`: list runs that failed for good, replay them, or discard them."""

import getpass
import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from buster_jobs.cli.errors import Sentence, WrongInput
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.database.runs.dead_letters import discard as discard_letters
from buster_jobs.packages.database.runs.dead_letters import get_dead_letter, list_dead_letters, list_letter_ids
from buster_jobs.packages.database.runs.letter_values import DeadLetter, LetterFilter
from buster_jobs.packages.database.runs.outcome_models import DEAD_LETTER_STATES, FAILURE_REASONS

if TYPE_CHECKING:
    from buster_jobs.runtime.replay import Replays


@click.group(name="dead-letters")
def dead_letters() -> None:
    """List runs that failed for good, replay them, or discard them."""
    migrate()


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select dead letters."""
    for option in (
        click.option("--task", help="Only letters of this task."),
        click.option("--reason", type=click.Choice(FAILURE_REASONS), help="Only letters with this reason."),
        click.option("--error-code", metavar="CODE", help="Only letters with this error code."),
        click.option(
            "--organization", "organization_id", type=click.UUID, help="Only letters of this organization's id."
        ),
        click.option(
            "--after", "failed_after", type=_Moment(), help="Only runs that failed at this time or later (ISO 8601)."
        ),
        click.option(
            "--before", "failed_before", type=_Moment(), help="Only runs that failed before this time (ISO 8601)."
        ),
    ):
        command = option(command)
    return command


class _Moment(click.ParamType[datetime]):
    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Parse an ISO 8601 time; without a zone it is in the computer's."""
        try:
            return datetime.fromisoformat(value).astimezone()
        except ValueError:
            self.fail("write it as 2031-05-17T09:30 or 2031-05-17T09:30:00+02:00.", param, ctx)


@dead_letters.command(name="list")
@_filters
@click.option("--state", type=click.Choice((*DEAD_LETTER_STATES, "all")), default="open", show_default=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(state: str, limit: int, as_json: bool, **filters: Any) -> None:
    """List dead letters, the newest first."""
    letters = list_dead_letters(LetterFilter(state=None if state == "all" else state, **filters), limit=limit)
    for letter in letters:
        click.echo(json.dumps(_as_json(letter)) if as_json else _line(letter))
    if not letters and not as_json:
        click.echo("There are no such dead letters.", err=True)


@dead_letters.command()
@click.argument("id")
@click.option("--stack", is_flag=True, help="Print the stack trace too.")
def show(id: str, stack: bool) -> None:
    """Show one dead letter, named by its id or its run's id, as JSON."""
    letter = get_dead_letter(id)
    click.echo(json.dumps(_as_json(letter), ensure_ascii=False, indent=2))
    if stack:
        click.echo(letter.stack or "There is no stack trace.")


@dead_letters.command()
@click.argument("ids", nargs=-1)
@_filters
@click.option("--all", "everything", is_flag=True, help="Every open letter.")
@click.option("--dry-run", is_flag=True, help="Only print how many would be replayed.")
@click.option(
    "--rate", type=click.FloatRange(0, min_open=True), default=10, show_default=True, help="Replays per second."
)
@click.option(
    "--by", default=getpass.getuser, help="Name to record with the replay. Default: the user of this computer."
)
def replay(ids: tuple[str, ...], everything: bool, dry_run: bool, rate: float, by: str, **filters: Any) -> None:
    """Queue dead letters as new runs for the workers, and print the ids of these runs."""
    which = _meant(ids, everything, filters)
    if dry_run:
        click.echo(f"{len(list_letter_ids(which))} dead letters would be replayed.")
        return
    replayed, refused, skipped = 0, dict[str, str](), 0
    for done in _replayed_one_by_one(list_letter_ids(which), rate=rate, by=by):
        for run_id in done.run_ids:
            click.echo(run_id)
        replayed += len(done.run_ids)
        refused |= done.refused
        skipped += not (done.run_ids or done.refused)
    click.echo(f"Replayed {replayed}, skipped {skipped}, refused {len(refused)}.", err=True)
    if refused:
        raise Sentence("\n".join(f"{letter_id}: {sentence}" for letter_id, sentence in refused.items()))


def _replayed_one_by_one(letter_ids: list[UUID], *, rate: float, by: str) -> "Iterator[Replays]":
    """Replay letters one by one and yield each result at once, so that Ctrl-C hides no run that was started."""
    from buster_jobs.runtime.replay import replay_letters
    from buster_jobs.runtime.start import open_instance  # Dagster takes a second to import

    with open_instance() as instance:
        for number, letter_id in enumerate(letter_ids):
            if number:
                time.sleep(1 / rate)
            yield replay_letters(LetterFilter(ids=(str(letter_id),)), by=by, instance=instance, rate=rate)


@dead_letters.command()
@click.argument("ids", nargs=-1)
@_filters
@click.option("--all", "everything", is_flag=True, help="Every open letter.")
@click.option(
    "--by", default=getpass.getuser, help="Name to record with the decision. Default: the user of this computer."
)
def discard(ids: tuple[str, ...], everything: bool, by: str, **filters: Any) -> None:
    """Mark open dead letters as discarded. This is final."""
    click.echo(f"Discarded {discard_letters(_meant(ids, everything, filters), by=by)}.")


def _meant(ids: tuple[str, ...], everything: bool, filters: dict[str, Any]) -> LetterFilter:
    given = bool(ids) or any(value is not None for value in filters.values())
    if given == everything:
        raise WrongInput("Say which dead letters are meant: give ids or filters, or --all.")
    return LetterFilter(ids=ids, **filters)


def _line(letter: DeadLetter) -> str:
    failed = letter.failed_at.astimezone().isoformat(sep=" ", timespec="seconds")
    return f"{letter.run_id}  {failed}  {letter.task}  {letter.reason}  {letter.error_code}  {letter.error}"


def _as_json(letter: DeadLetter) -> dict[str, Any]:
    attempts = [
        {name: _plain(getattr(attempt, name)) for name in attempt.__dataclass_fields__}
        for attempt in letter.attempt_log
    ]
    fields = {name: _plain(getattr(letter, name)) for name in letter.__dataclass_fields__ if name != "stack"}
    return fields | {"attempt_log": attempts}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, UUID) else value
