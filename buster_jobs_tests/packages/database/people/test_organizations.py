"""Organizations, users, membership."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, update

from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.people.organizations import (
    add_member,
    create_organization,
    create_user,
    get_active_organizations,
    get_organization,
    is_member,
)
from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.conftest import OrganizationWithChat
from buster_jobs_tests.support.properties import WITH_FIXTURES


def change(name: str, **values: object) -> None:
    with session() as opened:
        opened.execute(update(OrganizationRow).where(OrganizationRow.name == name).values(**values))


def test_active_organizations_are_those_neither_suspended_nor_deleted_by_name(database: Engine) -> None:
    for name in ("Zeta", "Alpha", "Suspended", "Deleted"):
        create_organization(name=name, time_zone="Europe/Berlin")
    change("Suspended", status="suspended")
    change("Deleted", deleted_at="2026-01-01T00:00:00Z")
    assert [found.name for found in get_active_organizations()] == ["Alpha", "Zeta"]


def test_without_organizations_none_is_active(database: Engine) -> None:
    assert get_active_organizations() == []


def test_a_new_organization_is_active_and_keeps_its_time_zone(database: Engine) -> None:
    made = create_organization(name="Alpha", time_zone="America/New_York")
    assert (made.status, made.time_zone, made.deleted_at) == ("active", "America/New_York", None)
    assert made.created_at.utcoffset() is not None
    assert get_organization(made.id) == made


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "America", "foo3", "+02:00"])
def test_what_is_no_iana_time_zone_is_refused(database: Engine, zone: str) -> None:
    with pytest.raises(InvalidInput, match="is no IANA time zone"):
        create_organization(name="Alpha", time_zone=zone)
    assert get_active_organizations() == []


@settings(max_examples=40, suppress_health_check=WITH_FIXTURES)
@given(zone=st.text(max_size=30))
def test_any_text_as_a_time_zone_is_taken_or_refused_as_input(database: Engine, zone: str) -> None:
    try:
        made = create_organization(name="Alpha", time_zone=zone)
    except InvalidInput:
        return
    assert get_organization(made.id).time_zone == zone


def test_a_blank_name_is_refused(database: Engine) -> None:
    with pytest.raises(InvalidInput, match="ck_organizations_name"):
        create_organization(name="  ")


def test_an_address_is_one_user_in_whatever_case(database: Engine) -> None:
    create_user(email="Ada@Example.com", name="Ada")
    with pytest.raises(InvalidInput, match="uq_users_email_lower") as raised:
        create_user(email="ada@example.COM", name="Ada again")
    assert "example" not in str(raised.value)


def test_what_is_no_address_is_refused(database: Engine) -> None:
    with pytest.raises(InvalidInput, match="ck_users_email"):
        create_user(email="@", name="Nobody")


def test_members_are_members_of_their_organization_only(
    new_organization: Callable[[], OrganizationWithChat],
) -> None:
    one, two = new_organization(), new_organization()
    assert is_member(one.user_id, one.organization_id)
    assert not is_member(one.user_id, two.organization_id)
    assert not is_member(uuid4(), one.organization_id)


def test_adding_a_member_again_changes_the_role_only(organization: OrganizationWithChat) -> None:
    add_member(organization_id=organization.organization_id, user_id=organization.user_id, role="admin")
    assert is_member(organization.user_id, organization.organization_id)
    with pytest.raises(InvalidInput, match="ck_organization_members_role"):
        add_member(organization_id=organization.organization_id, user_id=organization.user_id, role="king")


def test_a_user_that_does_not_exist_cannot_be_a_member(organization: OrganizationWithChat) -> None:
    with pytest.raises(NotFound, match=r"The user that was named does not exist\."):
        add_member(organization_id=organization.organization_id, user_id=uuid4())


def test_an_unknown_or_deleted_organization_is_not_found(database: Engine) -> None:
    made = create_organization(name="Deleted")
    change("Deleted", deleted_at="2026-01-01T00:00:00Z")
    for organization_id in (made.id, uuid4()):
        with pytest.raises(NotFound, match=str(organization_id)):
            get_organization(organization_id)
