"""Stored data sources: encrypted, and hidden wherever they may be printed."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import text

from buster_jobs.packages.database.server.engine import session
from buster_jobs.packages.database.sources.data_sources import (
    create_data_source,
    get_data_source,
    list_data_sources,
    save_reachability,
    set_connection,
    set_data_source_status,
)
from buster_jobs.packages.errors import InvalidInput, NotFound
from buster_jobs_tests.conftest import OrganizationWithChat

URL = "postgresql://reader:s3cr3t-w0rd@db.example/shop"


def test_the_connection_is_encrypted_at_rest_and_comes_back(organization: OrganizationWithChat) -> None:
    made = organization.add_data_source(URL, name="shop")
    with session() as opened:
        row = opened.execute(text("SELECT * FROM buster.data_sources")).one()
    assert "s3cr3t-w0rd" not in str(row)
    assert "db.example" not in str(row)
    found = get_data_source(made.id)
    assert found == made
    assert found.connection_url() == URL
    assert (found.name, found.type, found.status, found.error) == ("shop", "postgresql", "active", None)


def test_no_part_of_the_connection_is_printed(organization: OrganizationWithChat) -> None:
    made = organization.add_data_source(URL)
    for printed in (repr(made), str(made), f"{made}"):
        assert "s3cr3t" not in printed
        assert made.encrypted_connection not in printed


def test_a_refused_row_says_nothing_of_the_connection(organization: OrganizationWithChat) -> None:
    organization.add_data_source(URL, name="shop")
    with pytest.raises(InvalidInput, match="a data source 'shop' already") as raised:
        organization.add_data_source(URL, name="shop")
    assert raised.value.__suppress_context__
    assert "gAAAA" not in str(raised.value)


def test_two_organizations_may_use_one_name(new_organization: Callable[[], OrganizationWithChat]) -> None:
    one, two = new_organization(), new_organization()
    made = one.add_data_source(URL, name="shop")
    two.add_data_source(URL, name="shop")
    assert list_data_sources(one.organization_id) == [made]


def test_its_status_and_error_are_kept(organization: OrganizationWithChat) -> None:
    made = organization.add_data_source(URL)
    broken = set_data_source_status(data_source_id=made.id, status="error", error="It does not answer.")
    assert (broken.status, broken.error) == ("error", "It does not answer.")
    assert broken.updated_at > made.updated_at
    assert set_data_source_status(data_source_id=made.id, status="active").error is None
    with pytest.raises(InvalidInput, match="ck_data_sources_status"):
        set_data_source_status(data_source_id=made.id, status="fine")


def test_the_connection_can_be_replaced(organization: OrganizationWithChat) -> None:
    made = organization.add_data_source(URL)
    set_connection(data_source_id=made.id, connection_url="postgresql://elsewhere/shop")
    assert get_data_source(made.id).connection_url() == "postgresql://elsewhere/shop"


def test_what_does_not_exist_is_not_found(organization: OrganizationWithChat) -> None:
    unknown = uuid4()
    with pytest.raises(NotFound, match=f"There is no data source {unknown}"):
        get_data_source(unknown)
    with pytest.raises(NotFound, match=f"There is no data source {unknown}"):
        set_data_source_status(data_source_id=unknown, status="error")
    with pytest.raises(NotFound, match="The organization that was named"):
        create_data_source(organization_id=unknown, name="n", type="postgresql", connection_url=URL)


def test_what_was_disabled_while_it_was_tried_stays_disabled(organization: OrganizationWithChat) -> None:
    made = organization.add_data_source(URL)
    set_data_source_status(data_source_id=made.id, status="disabled")
    for error in ("It does not answer.", None):
        save_reachability(made.id, error=error)
        assert get_data_source(made.id).status == "disabled"
