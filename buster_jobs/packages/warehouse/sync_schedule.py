"""Which data sources are due for a sync, and in which order. tasks/data starts the syncs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

_NIGHT = timedelta(hours=5)
_START_WINDOW = timedelta(hours=1)
"""A night's sync may start this much later than planned, if the schedule was not running at its time."""

UNREACHABLE_PRIORITY = -1
"""The priority of data sources that could not be reached last time: their timeouts must not delay the others."""


@dataclass(frozen=True, slots=True)
class SourceToSync:
    """A data source to sync; a higher priority starts first."""

    id: UUID
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """An organization whose nightly sync may start. `night` is the day in its own time zone."""

    organization_id: UUID
    night: date


def organizations_due(now: datetime) -> list[Due]:
    """Organizations with chosen tables whose start window is open at `now`."""
    # SQLAlchemy takes long to import.
    from buster_jobs.packages.database.people.organizations import get_active_organizations
    from buster_jobs.packages.database.sources.data_sources import data_sources_to_sync

    with_tables = {stored.organization_id for stored in data_sources_to_sync()}
    return [
        Due(organization.id, night)
        for organization in get_active_organizations()
        if organization.id in with_tables and (night := night_due(organization.id, organization.time_zone, now))
    ]


def night_due(organization_id: UUID, time_zone: str, now: datetime) -> date | None:
    """The night whose sync may start at `now`; None outside of the organization's start window.

    The window opens at a minute of the organization's own between midnight and five, in its time zone.
    """
    local = now.astimezone(ZoneInfo(time_zone))
    minute = timedelta(minutes=organization_id.int % int(_NIGHT / timedelta(minutes=1)))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return local.date() if midnight + minute <= local < midnight + minute + _START_WINDOW else None


def sources_to_sync(organization_id: UUID | None, data_source_id: UUID | None) -> list[SourceToSync]:
    """The named data source, else all with chosen tables, of one organization or of all organizations.

    Raises `NotFound` for a data source that does not exist.
    """
    from buster_jobs.packages.database.sources.data_sources import (  # SQLAlchemy takes long to import
        data_sources_to_sync,
        get_data_source,
    )

    if data_source_id is not None:
        return [SourceToSync(get_data_source(data_source_id).id)]
    chosen = data_sources_to_sync(organization_id)
    return [SourceToSync(stored.id, UNREACHABLE_PRIORITY if stored.status == "error" else 0) for stored in chosen]
