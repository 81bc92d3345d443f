"""What a member may see, as it is stored."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from buster_jobs.packages.database.people.organizations import add_member, create_user
from buster_jobs.packages.database.sources.data_source_permissions import (
    clear_permission,
    get_permission,
    set_permission,
)
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs.packages.visibility import Visibility
from buster_jobs_tests.conftest import OrganizationWithChat

URL = "postgresql://reader@db.example/shop"
ORDERS = Visibility(frozenset({"public.orders"}), frozenset({"public.orders.total"}))
NOTHING = Visibility(frozenset())


def test_without_a_rule_everything_is_seen(organization: OrganizationWithChat) -> None:
    source = organization.add_data_source(URL)
    assert get_permission(data_source_id=source.id, user_id=organization.user_id) == Visibility()


def test_a_members_own_rule_stands_above_the_one_of_the_role(organization: OrganizationWithChat) -> None:
    source = organization.add_data_source(URL)
    boss = create_user(email=f"{uuid4().hex}@example.com", name="Boss")
    add_member(organization_id=organization.organization_id, user_id=boss.id, role="owner")
    set_permission(NOTHING, data_source_id=source.id, role="member")
    set_permission(Visibility(hidden_columns=frozenset({"a.b.c"})), data_source_id=source.id, role="member")
    set_permission(ORDERS, data_source_id=source.id, user_id=organization.user_id)
    assert get_permission(data_source_id=source.id, user_id=organization.user_id) == ORDERS
    assert get_permission(data_source_id=source.id, user_id=boss.id) == Visibility()
    clear_permission(data_source_id=source.id, user_id=organization.user_id)
    assert get_permission(data_source_id=source.id, user_id=organization.user_id).hidden_columns == {"a.b.c"}
    clear_permission(data_source_id=source.id, role="member")
    assert get_permission(data_source_id=source.id, user_id=organization.user_id) == Visibility()


def test_no_table_at_all_is_not_every_table(organization: OrganizationWithChat) -> None:
    source = organization.add_data_source(URL)
    set_permission(NOTHING, data_source_id=source.id, role="member")
    assert get_permission(data_source_id=source.id, user_id=organization.user_id).tables == frozenset()


def test_a_stranger_sees_nothing(new_organization: Callable[[], OrganizationWithChat]) -> None:
    one, two = new_organization(), new_organization()
    source = one.add_data_source(URL)
    with pytest.raises(InvalidInput, match="no member"):
        get_permission(data_source_id=source.id, user_id=two.user_id)
    with pytest.raises(NotFound):
        get_permission(data_source_id=uuid4(), user_id=one.user_id)


def test_a_rule_that_would_match_nothing_is_refused(organization: OrganizationWithChat) -> None:
    source = organization.add_data_source(URL)
    for permission in (
        Visibility(frozenset({"orders"})),
        Visibility(hidden_columns=frozenset({"orders.total"})),
    ):
        with pytest.raises(InvalidInput, match="as schema"):
            set_permission(permission, data_source_id=source.id, role="member")


def test_a_rule_is_of_one_role_or_one_member(organization: OrganizationWithChat) -> None:
    source = organization.add_data_source(URL)
    with pytest.raises(InvalidInput):
        set_permission(ORDERS, data_source_id=source.id)
    with pytest.raises(InvalidInput):
        set_permission(ORDERS, data_source_id=source.id, role="member", user_id=organization.user_id)
    with pytest.raises(InvalidInput):
        set_permission(ORDERS, data_source_id=source.id, role="emperor")
