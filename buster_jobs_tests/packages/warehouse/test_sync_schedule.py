"""Each organization's night: a minute of its own, in its own time zone, once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, update

from buster_jobs.packages.database.people.organization_models import OrganizationRow
from buster_jobs.packages.database.people.organizations import create_organization
from buster_jobs.packages.database.sources.data_sources import get_data_source, set_data_source_status
from buster_jobs.packages.errors import NotFound
from buster_jobs.packages.warehouse.sync_schedule import (
    UNREACHABLE_PRIORITY,
    SourceToSync,
    night_due,
    organizations_due,
    sources_to_sync,
)
from buster_jobs_tests.packages.warehouse.engines import Source

ZONES = ["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin"]


@given(st.uuids(), st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_day_of_ticks_finds_each_night_at_most_twice_never_missing_one(
    organization: UUID, zone: str, day: date
) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    found = [night_due(organization, zone, start + timedelta(minutes=minute)) for minute in range(0, 3 * 1440, 10)]
    nights = [night for night in found if night]
    assert len(set(nights)) in (3, 4)  # of three days of UTC, the first and last may show a part of a fourth
    assert all(1 <= nights.count(night) <= 7 for night in nights)


def test_nights_of_different_organizations_begin_at_different_minutes() -> None:
    begun = {
        next(m for m in range(300) if night_due(UUID(int=n), "UTC", datetime(2024, 1, 1, m // 60, m % 60, tzinfo=UTC)))
        for n in range(300)
    }
    assert len(begun) == 300


def test_only_organizations_with_chosen_tables_are_due(postgresql: Source) -> None:
    create_organization(name="Without data")
    minutes = [datetime(2024, 1, 1, minute // 60, minute % 60, tzinfo=UTC) for minute in range(0, 360, 10)]
    assert not [due for now in minutes for due in organizations_due(now)]
    postgresql.execute("CREATE TABLE things (id int)")
    postgresql.choose()
    assert len({(due.organization_id, due.night) for now in minutes for due in organizations_due(now)}) == 1


def test_a_sync_of_all_leaves_out_what_has_no_chosen_tables(postgresql: Source) -> None:
    assert sources_to_sync(None, None) == []
    assert sources_to_sync(None, postgresql.id) == [SourceToSync(postgresql.id)]
    with pytest.raises(NotFound):
        sources_to_sync(None, UUID(int=0))


def test_an_unreachable_data_source_comes_last_and_a_disabled_one_is_left_out(postgresql: Source) -> None:
    postgresql.execute("CREATE TABLE things (id int)")
    postgresql.choose()
    found = {}
    for status in ("active", "error", "disabled"):
        set_data_source_status(data_source_id=postgresql.id, status=status)
        found[status] = sources_to_sync(None, None)
    assert found == {
        "active": [SourceToSync(postgresql.id)],
        "error": [SourceToSync(postgresql.id, UNREACHABLE_PRIORITY)],
        "disabled": [],
    }


def test_an_organization_that_was_deleted_is_synced_no_more(postgresql: Source, database: Engine) -> None:
    postgresql.execute("CREATE TABLE things (id int)")
    postgresql.choose()
    owner = get_data_source(postgresql.id).organization_id
    assert sources_to_sync(owner, None) == [SourceToSync(postgresql.id)]
    with database.begin() as connection:
        connection.execute(update(OrganizationRow).values(deleted_at=func.now()))
    assert sources_to_sync(owner, None) == []
