"""How long rows are kept, and what was freed; organizations' materialized views."""

from alembic import op

revision = "0011_retention_and_views"
down_revision = "0010_syncs"
branch_labels = None
depends_on = None

_RETENTION = """
CREATE TABLE buster.retention_policies (
    id uuid CONSTRAINT pk_retention_policies PRIMARY KEY DEFAULT gen_random_uuid(),
    rule text NOT NULL CONSTRAINT ck_retention_policies_rule CHECK (btrim(rule) <> ''),
    organization_id uuid CONSTRAINT fk_retention_policies_organization_id
        REFERENCES buster.organizations (id) ON DELETE CASCADE,
    days integer CONSTRAINT ck_retention_policies_days CHECK (days >= 1),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT uq_retention_policies_rule UNIQUE NULLS NOT DISTINCT (rule, organization_id)
);
CREATE INDEX ix_retention_policies_organization_id ON buster.retention_policies (organization_id);

CREATE TABLE buster.retention_tallies (
    run_id text NOT NULL,
    subject text NOT NULL,
    rows bigint NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_retention_tallies PRIMARY KEY (run_id, subject)
);
CREATE INDEX ix_retention_tallies_updated_at ON buster.retention_tallies (updated_at);

CREATE INDEX ix_idempotency_keys_run_id ON buster.idempotency_keys (run_id);
"""

_VIEWS = """
CREATE TABLE buster.materialized_views (
    id uuid CONSTRAINT pk_materialized_views PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL CONSTRAINT fk_materialized_views_organization_id
        REFERENCES buster.organizations (id) ON DELETE CASCADE,
    name text NOT NULL CONSTRAINT ck_materialized_views_name CHECK (btrim(name) <> ''),
    query text NOT NULL,
    sql text NOT NULL,
    unique_key text[] NOT NULL DEFAULT '{}',
    reads jsonb NOT NULL,
    built_from text,
    columns jsonb,
    status text NOT NULL DEFAULT 'new' CONSTRAINT ck_materialized_views_status
        CHECK (status IN ('new', 'refreshed', 'failed', 'skipped')),
    error text,
    rows bigint,
    bytes bigint,
    seconds double precision,
    refreshed_at timestamptz,
    attempted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT uq_materialized_views_organization_id UNIQUE (organization_id, name)
);
CREATE SCHEMA IF NOT EXISTS buster_aside;
"""


def upgrade() -> None:
    op.execute(_RETENTION)
    op.execute(_VIEWS)


def downgrade() -> None:
    op.execute("DROP SCHEMA buster_aside CASCADE")
    op.execute("DROP TABLE buster.materialized_views")
    op.execute("DROP INDEX buster.ix_idempotency_keys_run_id")
    op.execute("DROP TABLE buster.retention_tallies")
    op.execute("DROP TABLE buster.retention_policies")
