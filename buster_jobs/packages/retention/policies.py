"""The days for which each rule keeps rows: the default, this installation's setting, an organization's setting."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from buster_jobs.packages.database.integrity import refused_as_input
from buster_jobs.packages.database.retention_models import RetentionPolicyRow
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.retention.rule import Rule
from buster_jobs.packages.retention.rules import BY_ORGANIZATION, DEFAULT_DAYS

_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Policy:
    """`rule` keeps rows for `days`, None meaning for ever: of all organizations, or of one."""

    rule: str
    organization_id: UUID | None
    days: int | None
    is_default: bool = False


def list_policies() -> list[Policy]:
    """The present policies: each rule's, followed by those that organizations have set."""
    set_here = _stored()
    policies: list[Policy] = []
    for rule, days in DEFAULT_DAYS.items():
        own = set_here.pop((rule, None), Policy(rule, None, days, is_default=True))
        policies += [own, *(policy for (name, _), policy in set_here.items() if name == rule)]
    return policies


def set_policy(rule: str, days: int | None, *, organization_id: UUID | None = None) -> None:
    """Keep rows for `days`, None meaning for ever.

    Raises `InvalidInput` for an unknown rule, for less than a day, or for an organization where rows belong to none;
    `NotFound` for an unknown organization.
    """
    _check(rule, organization_id)
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise InvalidInput(f"Rows can be kept for 1 to {_MOST_DAYS} days, or for ever, not for {days} days.")
    setting = insert(RetentionPolicyRow).values(rule=rule, organization_id=organization_id, days=days)
    with session() as opened, refused_as_input():
        opened.execute(
            setting.on_conflict_do_update(
                index_elements=["rule", "organization_id"], set_={"days": days, "updated_at": func.clock_timestamp()}
            )
        )


def reset_policy(rule: str, *, organization_id: UUID | None = None) -> None:
    """Delete a setting. Raises as `set_policy` does."""
    _check(rule, organization_id)
    with session() as opened:
        opened.execute(
            delete(RetentionPolicyRow).where(
                RetentionPolicyRow.rule == rule,
                RetentionPolicyRow.organization_id.is_not_distinct_from(organization_id),
            )
        )


def days_of(rule: str) -> int | None:
    """The days for organizations without a setting of their own."""
    return next(policy.days for policy in list_policies() if policy.rule == rule and policy.organization_id is None)


def expired(rule: Rule) -> ColumnElement[bool]:
    """The condition under which a row has expired by `rule`, with the days of its organization."""
    stored = {organization: policy.days for (name, organization), policy in _stored().items() if name == rule.name}
    days = stored.pop(None, rule.days)
    rest = true() if not stored else or_(_organization(rule).is_(None), _organization(rule).not_in(stored))
    cases = [and_(rest, _older(rule, days))]
    cases += [and_(_organization(rule) == one, _older(rule, own)) for one, own in stored.items()]
    return and_(*rule.only_if, or_(*cases))


def _older(rule: Rule, days: int | None) -> ColumnElement[bool]:
    if days is None:
        return ~true()
    return rule.age < func.now() - func.make_interval(0, 0, 0, days)


def _organization(rule: Rule) -> InstrumentedAttribute[Any] | ColumnElement[Any]:
    if rule.organization is None:
        raise TypeError(f"Rows under the rule {rule.name} belong to no organization.")
    return rule.organization


def _stored() -> dict[tuple[str, UUID | None], Policy]:
    query = select(RetentionPolicyRow).order_by(RetentionPolicyRow.rule, RetentionPolicyRow.organization_id)
    with session() as opened:
        rows: Iterator[RetentionPolicyRow] = iter(opened.scalars(query))
        return {(row.rule, row.organization_id): Policy(row.rule, row.organization_id, row.days) for row in rows}


def _check(rule: str, organization_id: UUID | None) -> None:
    if rule not in DEFAULT_DAYS:
        raise InvalidInput(f"There is no retention rule {rule!r}: use one of {', '.join(DEFAULT_DAYS)}.")
    if organization_id is not None and rule not in BY_ORGANIZATION:
        raise InvalidInput(f"Rows under {rule} belong to no organization: set its days for all of them.")
