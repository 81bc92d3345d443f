"""Answers use only what a member may see."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from buster_jobs.packages.ai.agent import AnalystContext, analyst_agent
from buster_jobs.packages.database.sources.data_source_permissions import set_permission
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.visibility import Visibility
from buster_jobs_tests.conftest import OrganizationWithChat

QUESTION = "How many orders are there?"


def test_a_table_that_a_role_may_not_see_is_not_counted_for_its_members(
    organization: OrganizationWithChat, shop_url: str
) -> None:
    source = organization.add_data_source(shop_url)
    context = AnalystContext(source.id, organization.user_id)
    assert analyst_agent(QUESTION, context).rows == ((3,),)
    set_permission(Visibility(frozenset({"public.customers"})), data_source_id=source.id, role="member")
    refused = analyst_agent(QUESTION, context)
    assert not refused.answered
    assert refused.rows == ()


def test_a_stranger_gets_no_answer(
    organization: OrganizationWithChat, new_organization: Callable[[], OrganizationWithChat], shop_url: str
) -> None:
    source = organization.add_data_source(shop_url)
    for stranger in (uuid4(), new_organization().user_id):
        with pytest.raises(InvalidInput, match="no member"):
            analyst_agent(QUESTION, AnalystContext(source.id, stranger))
