"""`python -m buster_jobs_tests.chaos`: a storm by hand, and what came of it. Exits with 1 if a check fails."""

import signal
import sys
from pathlib import Path
from random import SystemRandom

import click
import pytest
from rich.console import Console
from rich.table import Table

from benchmarks.report import percentile
from buster_jobs.packages.database.migrate import migrate
from buster_jobs_tests.chaos.checks import CHECKS, failing, name_of
from buster_jobs_tests.chaos.receiver import settings
from buster_jobs_tests.chaos.safeguards import SAFEGUARDS
from buster_jobs_tests.chaos.stage import stage
from buster_jobs_tests.chaos.storm import Verdict, Weather, storm
from buster_jobs_tests.support.loopback import loopback
from buster_jobs_tests.support.running_system import own_state

_BESIDES_SECONDS = 90.0
"""What starting, ending and replaying take of the whole time."""
_TRIGGERS_A_SECOND = 8


@click.command()
@click.option("--minutes", default=3.0, show_default=True, help="How long it takes, about.")
@click.option("--seed", type=int, default=None, help="Repeats the storm with that seed.")
@click.option("--triggers", type=int, default=None, help="At least 1,000 by default.")
@click.option("--without", type=click.Choice(list(SAFEGUARDS)), help="Show what happens without this safeguard.")
def main(minutes: float, seed: int | None, triggers: int | None, without: str | None) -> None:
    """Trigger mixed tasks while everything that can be killed is killed, and check that nothing is lost."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it, and so would all here
    found = _take_away(without) if without else _storm(minutes, seed, triggers)
    if found:
        sys.exit(1)


def _take_away(name: str) -> dict[str, list[str]]:
    """The safeguard's own scenario, which is shorter and surer than a storm."""
    safeguard, console = SAFEGUARDS[name], Console(highlight=False)
    console.print(f"{safeguard.scenario.__name__.replace('_', ' ')}, without {name}: {safeguard.scenario.__doc__}")
    with own_state() as _, loopback() as receiver, pytest.MonkeyPatch.context() as patch:
        for setting, value in settings(receiver).items():
            patch.setenv(setting, value)
        migrate()
        with stage(receiver) as made, safeguard.off():
            safeguard.scenario(made)
            found = failing(made.evidence())
    show_checks(found, console)
    return found


def _storm(minutes: float, seed: int | None, triggers: int | None) -> dict[str, list[str]]:
    seconds = max(30.0, minutes * 60 - _BESIDES_SECONDS)
    number = SystemRandom().randrange(10**6) if seed is None else seed
    console = Console(highlight=False)
    console.print(f"SEED={number}  {minutes:g} minutes")
    folder = Path(".buster/chaos") / str(number)
    wanted = triggers or max(1_000, round(seconds * _TRIGGERS_A_SECOND))
    verdict = storm(Weather(number, wanted, seconds, pause=4.0, tell=console.print, keep=folder))
    show(verdict, console)
    if verdict.failing:
        console.print(f"FAILED, SEED={number}: {'; '.join(verdict.failing)}", style="bold red")
        console.print(f"Logs and tables are in {folder}.")
    return verdict.failing


def show(verdict: Verdict, console: Console) -> None:
    """The checks with what contradicts them, then the figures."""
    show_checks(verdict.failing, console)
    for name, figure in figures(verdict).items():
        console.print(f"{name:32} {figure}")


def show_checks(failing: dict[str, list[str]], console: Console) -> None:
    """One line each."""
    table = Table(title="checks")
    table.add_column("what must be true")
    table.add_column("is it?")
    names = [name_of(check) for check in CHECKS]
    for name in [*names, *(name for name in failing if name not in names)]:
        found = failing.get(name, [])
        table.add_row(name, "\n".join([f"NO: {len(found)} times", *found[:8]]) if found else "yes")
    console.print(table)


def figures(verdict: Verdict) -> dict[str, str]:
    """By name, in words."""
    outcomes = verdict.outcomes
    dead = outcomes["failed"] + outcomes["expired"]
    return {
        "triggers": f"{verdict.triggers}, {verdict.triggers / verdict.feeding_seconds:.1f} a second, with keys",
        "accepted runs": f"{verdict.accepted} = {outcomes['completed']} completed + {outcomes['rejected']} rejected"
        f" + {dead} dead-lettered + {outcomes['canceled']} canceled",
        "blows": ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in verdict.blows.items()),
        "redeliveries": str(verdict.redeliveries),
        "vanished workers noticed": _times(verdict.vanished),
        "frozen workers noticed": _times(verdict.silent),
        "dead letters replayed": str(verdict.replays),
        "what the app was told meanwhile": "\n".join(f"{n}x {error}" for error, n in verdict.errors.items())
        or "nothing",
        "seconds": ", ".join(f"{name} {seconds:.0f}" for name, seconds in verdict.phases.items()),
    }


def _times(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    return (
        f"{len(seconds)}: p50 {percentile(seconds, 50):.1f} s, p95 {percentile(seconds, 95):.1f} s,"
        f" at most {max(seconds):.1f} s"
    )


if __name__ == "__main__":
    main()
