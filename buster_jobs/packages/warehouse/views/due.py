"""Which views are due: new or changed ones, and those with a table that was synced or imported into since."""

from uuid import UUID

from sqlalchemy import text

from buster_jobs.packages.database.server.engine import session


def organizations_due() -> list[UUID]:
    """Active organizations that have due views."""
    with session() as opened:
        return list(opened.scalars(text(f"SELECT DISTINCT organization_id FROM ({_DUE}) due")))  # noqa: S608 - constant


def views_due(organization_id: UUID) -> list[str]:
    """The names of the organization's due views, without the views that read them."""
    query = f"SELECT name FROM ({_DUE}) due WHERE organization_id = :organization_id ORDER BY name"  # noqa: S608 - constant
    with session() as opened:
        return list(opened.scalars(text(query), {"organization_id": organization_id}))


_DUE = """
SELECT v.organization_id, v.name FROM buster.materialized_views v
JOIN buster.organizations o ON o.id = v.organization_id AND o.status = 'active' AND o.deleted_at IS NULL
WHERE v.attempted_at IS NULL OR EXISTS (
    SELECT FROM buster.synced_tables t
    WHERE t.synced_at > v.attempted_at AND v.reads @> jsonb_build_array(jsonb_build_array(
        'source_' || replace(t.data_source_id::text, '-', ''), t.warehouse_table))
) OR EXISTS (
    SELECT FROM buster.imports i
    WHERE i.organization_id = v.organization_id AND i.loaded_at > v.attempted_at
        AND v.reads @> jsonb_build_array(jsonb_build_array(
            split_part(i.target, '.', 1), substr(i.target, strpos(i.target, '.') + 1))))
"""
