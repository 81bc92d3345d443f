"""The demo's rows in our own tables."""

from sqlalchemy import Engine

from buster_jobs.demo.rows import ensure_rows
from buster_jobs.demo.server import DemoServer
from buster_jobs.packages.data_sources.connect import connect
from buster_jobs.packages.database.people.organizations import get_active_organizations
from buster_jobs.packages.database.sources.data_source_permissions import check_may_ask
from buster_jobs.packages.database.sources.data_sources import get_data_source, set_connection


def test_the_demo_user_may_ask_the_demo_data_source_in_the_demo_chat(flights: DemoServer, database: Engine) -> None:
    rows = ensure_rows(flights)
    organization = check_may_ask(chat_id=rows.chat_id, user_id=rows.user_id, data_source_id=rows.data_source_id)
    assert organization == rows.organization_id


def test_writing_the_rows_again_changes_nothing(flights: DemoServer, database: Engine) -> None:
    rows = ensure_rows(flights)
    before = get_data_source(rows.data_source_id)
    assert ensure_rows(flights) == rows
    assert get_data_source(rows.data_source_id) == before
    assert len(get_active_organizations()) == 1


def test_a_data_source_that_points_elsewhere_gets_its_url_back(flights: DemoServer, database: Engine) -> None:
    rows = ensure_rows(flights)
    before = get_data_source(rows.data_source_id).connection_url()
    set_connection(data_source_id=rows.data_source_id, connection_url="postgresql://flights_reader@nowhere/flights")
    ensure_rows(flights)
    assert get_data_source(rows.data_source_id).connection_url() == before
    connect(before).test_connection()
