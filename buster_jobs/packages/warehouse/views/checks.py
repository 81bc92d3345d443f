"""The checks of an organization's views, which the asset `refresh_materialized_views` runs."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

from buster_jobs.packages.check_results import CheckResult
from buster_jobs.packages.warehouse.check_queries import (
    check_connection,
    check_each,
    find_duplicate_keys,
    find_missing_keys,
)
from buster_jobs.packages.warehouse.views.creation import Connection, identifier_of
from buster_jobs.packages.warehouse.views.registry import list_views
from buster_jobs.packages.warehouse.views.values import View

OLDEST = timedelta(hours=26)
"""A view is refreshed every night: older content than this is stale."""


def check_views(organization_id: UUID, *, now: datetime | None = None) -> dict[str, CheckResult]:
    """The results by the names of the checks: freshness, row_count, unique_key, key_not_null, schema_drift."""
    views, moment = list_views(organization_id), now or datetime.now(UTC)
    with closing(check_connection()) as connection:
        return {
            "freshness": _each(views, lambda view: _freshness(view, moment)),
            "row_count": _each(views, _row_count, warning=True),
            "unique_key": _each(
                _keyed(views), lambda view: find_duplicate_keys(connection, identifier_of(view), view.unique_key)
            ),
            "key_not_null": _each(
                _keyed(views), lambda view: find_missing_keys(connection, identifier_of(view), view.unique_key)
            ),
            "schema_drift": _each(_built(views), lambda view: _drift(connection, view)),
        }


def _each(views: list[View], check: Callable[[View], str | None], *, warning: bool = False) -> CheckResult:
    return check_each(views, lambda view: view.name, check, what="views", warning=warning)


def _built(views: list[View]) -> list[View]:
    return [view for view in views if view.refreshed_at is not None]


def _keyed(views: list[View]) -> list[View]:
    return [view for view in _built(views) if view.unique_key]


def _freshness(view: View, now: datetime) -> str | None:
    if view.refreshed_at is None:
        return f"has no content. {view.error or 'It was not refreshed yet.'}"
    if now - view.refreshed_at > OLDEST:
        return f"was last refreshed on {view.refreshed_at:%Y-%m-%d at %H:%M} UTC. {view.error or ''}".rstrip()
    return None


def _row_count(view: View) -> str | None:
    return "has no rows." if view.refreshed_at is not None and view.rows == 0 else None


def _drift(connection: Connection, view: View) -> str | None:
    """Compares with the columns of the first build: the `*` of a query takes the columns that its tables have now."""
    rows = connection.execute(_COLUMNS, [identifier_of(view).as_string()]).fetchall()
    now, before = dict(rows), dict(view.columns or ())
    changes = [f"lost {name}" for name in before if name not in now]
    changes += [f"got {name}" for name in now if name not in before]
    changes += [
        f"has {name} as {now[name]}, not {type_}" for name, type_ in before.items() if now.get(name, type_) != type_
    ]
    return f"{', '.join(changes)}. Register it again to accept that." if changes else None


_COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""
