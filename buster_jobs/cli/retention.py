"""`buster-jobs retention …`: how long rows are kept, and what the clean-up would delete now."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from buster_jobs.cli.lookup import find_organization
from buster_jobs.packages.database.migrate import migrate
from buster_jobs.packages.retention.policies import list_policies, reset_policy, set_policy
from buster_jobs.packages.retention.rules import DEFAULT_DAYS
from buster_jobs.packages.retention.values import Expired

_organization = click.option("--organization", help="Only for this organization, given by its name or id.")
_rule = click.argument("rule", type=click.Choice(list(DEFAULT_DAYS)))


@click.group()
def retention() -> None:
    """See and change how long rows are kept; see what cleanup_old_data would delete now."""
    migrate()


@retention.command(name="list")
def list_() -> None:
    """List the rules with their days, then the rules of organizations that differ."""
    for policy in list_policies():
        days = "for ever" if policy.days is None else f"{policy.days} days"
        whose = f"  organization {policy.organization_id}" if policy.organization_id else ""
        click.echo(f"{policy.rule:22} {days:10}{whose}{'  (default)' if policy.is_default else ''}".rstrip())


class _Days(click.ParamType[int | None]):
    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """The number of days; None for the word forever."""
        try:
            return None if value == "forever" else int(value)
        except ValueError:
            self.fail("write a number of days, or forever.", param, ctx)


@retention.command(name="set")
@_rule
@click.argument("days", type=_Days(), metavar="DAYS|forever")
@_organization
def set_(rule: str, days: int | None, organization: str | None) -> None:
    """Keep the rows that RULE covers for DAYS days, or forever."""
    set_policy(rule, days, organization_id=_id(organization))


@retention.command()
@_rule
@_organization
def reset(rule: str, organization: str | None) -> None:
    """Remove the setting of RULE, so that its default applies again."""
    reset_policy(rule, organization_id=_id(organization))


@retention.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def preview(as_json: bool) -> None:
    """Show what cleanup_old_data would delete now. Nothing is deleted.

    The first run of cleanup_old_data shows it too and deletes nothing; this command does not count as that run.
    """
    from buster_jobs.packages.retention.clean_up import all_expired, was_announced
    from buster_jobs.runtime.start import open_instance, run_history  # Dagster takes a second to import

    with open_instance() as instance:
        expired = all_expired(run_history(instance))
    if as_json:
        for one in expired:
            click.echo(json.dumps(asdict(one), default=datetime.isoformat))
        return
    Console().print(_table(expired))
    if not was_announced():
        click.echo("No run of cleanup_old_data has shown this yet: the first one only shows it and deletes nothing.")


def _id(organization: str | None) -> UUID | None:
    return None if organization is None else find_organization(organization).id


def _table(expired: list[Expired]) -> Table:
    table = Table("Rule", "Kept", "To delete", "Oldest", "Newest", "In use, stay", box=None)
    for one in expired:
        kept = "for ever" if one.days is None else f"{one.days} days" if one.days else "with its owner"
        table.add_row(one.rule, kept, f"{one.rows:,}", _day(one.oldest), _day(one.newest), f"{one.in_use:,}")
        for name, count in one.with_them.items():
            table.add_row(f"  {name}", "", f"{count:,}")
    return table


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
