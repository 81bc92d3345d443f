"""Which data sources are to be synced when. Decides; starts nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

_NIGHT = timedelta(hours=5)
_PATIENCE = timedelta(hours=1)
"""How late a night's sync may still start, when nothing ran at its time."""


AFTER_THE_OTHERS = -1
"""The priority of what did not let us in last time: waiting for it must not keep the others waiting."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A data source to sync; a higher priority starts first."""

    id: UUID
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """An organization whose sync of this night, a day of its own calendar, may start."""

    organization_id: UUID
    night: date


def organizations_due(now: datetime) -> list[Due]:
    """Each organization has a minute of its own between midnight and five, in its time zone; and an hour to be late."""
    from buster_jobs.packages.database.people.organizations import (
        get_active_organizations,  # SQLAlchemy takes long to import
    )
    from buster_jobs.packages.database.sources.data_sources import data_sources_to_sync

    with_tables = {stored.organization_id for stored in data_sources_to_sync()}
    return [
        Due(organization.id, night)
        for organization in get_active_organizations()
        if organization.id in with_tables and (night := night_due(organization.id, organization.time_zone, now))
    ]


def night_due(organization_id: UUID, time_zone: str, now: datetime) -> date | None:
    """The night whose sync may start now, if one may."""
    local = now.astimezone(ZoneInfo(time_zone))
    minute = timedelta(minutes=organization_id.int % int(_NIGHT / timedelta(minutes=1)))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return local.date() if midnight + minute <= local < midnight + minute + _PATIENCE else None


def data_sources_of(organization_id: UUID | None, data_source_id: UUID | None) -> list[Chosen]:
    """The data sources to sync: the one that is named, else those with chosen tables, of one organization or of all.

    Raises `NotFound` for a data source that does not exist.
    """
    from buster_jobs.packages.database.sources.data_sources import (  # SQLAlchemy takes long to import
        data_sources_to_sync,
        get_data_source,
    )

    if data_source_id is not None:
        return [Chosen(get_data_source(data_source_id).id)]
    chosen = data_sources_to_sync(organization_id)
    return [Chosen(stored.id, AFTER_THE_OTHERS if stored.status == "error" else 0) for stored in chosen]


def all_data_sources() -> list[UUID]:
    """Every data source there is."""
    from buster_jobs.packages.database.sources.data_sources import (
        list_data_source_ids,  # SQLAlchemy takes long to import
    )

    return list_data_source_ids()
