"""The first tables: organizations and their people, data sources, chats, job records, step outputs."""

from alembic import op

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE buster.organizations (
    id uuid CONSTRAINT pk_organizations PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CONSTRAINT ck_organizations_name CHECK (btrim(name) <> ''),
    time_zone text NOT NULL DEFAULT 'UTC'
        CONSTRAINT ck_organizations_time_zone CHECK ((now() AT TIME ZONE time_zone) IS NOT NULL),
    status text NOT NULL DEFAULT 'active' CONSTRAINT ck_organizations_status CHECK (status IN ('active', 'suspended')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at timestamptz
);

CREATE TABLE buster.users (
    id uuid CONSTRAINT pk_users PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL CONSTRAINT ck_users_email CHECK (strpos(email, '@') > 1),
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX uq_users_email_lower ON buster.users (lower(email));

CREATE TABLE buster.organization_members (
    organization_id uuid CONSTRAINT fk_organization_members_organization_id
        REFERENCES buster.organizations (id) ON DELETE CASCADE,
    user_id uuid CONSTRAINT fk_organization_members_user_id REFERENCES buster.users (id) ON DELETE CASCADE,
    role text NOT NULL DEFAULT 'member'
        CONSTRAINT ck_organization_members_role CHECK (role IN ('owner', 'admin', 'member')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_organization_members PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX ix_organization_members_user_id ON buster.organization_members (user_id);

CREATE TABLE buster.data_sources (
    id uuid CONSTRAINT pk_data_sources PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL CONSTRAINT fk_data_sources_organization_id
        REFERENCES buster.organizations (id) ON DELETE CASCADE,
    name text NOT NULL CONSTRAINT ck_data_sources_name CHECK (btrim(name) <> ''),
    type text NOT NULL CONSTRAINT ck_data_sources_type CHECK (btrim(type) <> ''),
    encrypted_connection text NOT NULL,
    status text NOT NULL DEFAULT 'active'
        CONSTRAINT ck_data_sources_status CHECK (status IN ('active', 'error', 'disabled')),
    error text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT uq_data_sources_organization_id UNIQUE (organization_id, name)
);

CREATE TABLE buster.chats (
    id uuid CONSTRAINT pk_chats PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL CONSTRAINT fk_chats_organization_id
        REFERENCES buster.organizations (id) ON DELETE CASCADE,
    user_id uuid CONSTRAINT fk_chats_user_id REFERENCES buster.users (id) ON DELETE SET NULL,
    title text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_chats_organization_id ON buster.chats (organization_id);
CREATE INDEX ix_chats_user_id ON buster.chats (user_id);

CREATE TABLE buster.messages (
    id uuid CONSTRAINT pk_messages PRIMARY KEY DEFAULT gen_random_uuid(),
    chat_id uuid NOT NULL CONSTRAINT fk_messages_chat_id REFERENCES buster.chats (id) ON DELETE CASCADE,
    role text NOT NULL CONSTRAINT ck_messages_role CHECK (role IN ('user', 'assistant', 'system')),
    content text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_messages_chat_id_created_at ON buster.messages (chat_id, created_at, id);

CREATE TABLE buster.jobs (
    id uuid CONSTRAINT pk_jobs PRIMARY KEY DEFAULT gen_random_uuid(),
    type text NOT NULL CONSTRAINT ck_jobs_type CHECK (btrim(type) <> ''),
    run_id text CONSTRAINT uq_jobs_run_id UNIQUE,
    organization_id uuid CONSTRAINT fk_jobs_organization_id REFERENCES buster.organizations (id) ON DELETE SET NULL,
    status text NOT NULL CONSTRAINT ck_jobs_status
        CHECK (status IN ('queued', 'running', 'completed', 'failed', 'rejected', 'canceled')),
    attempts integer NOT NULL DEFAULT 0 CONSTRAINT ck_jobs_attempts CHECK (attempts >= 0),
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    result jsonb,
    error text,
    error_code text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    CONSTRAINT ck_jobs_finished_at
        CHECK ((finished_at IS NOT NULL) = (status IN ('completed', 'failed', 'rejected', 'canceled')))
);
CREATE INDEX ix_jobs_created_at ON buster.jobs (created_at);
CREATE INDEX ix_jobs_type_created_at ON buster.jobs (type, created_at);
CREATE INDEX ix_jobs_organization_id ON buster.jobs (organization_id);
CREATE INDEX ix_jobs_unfinished ON buster.jobs (status, updated_at) WHERE finished_at IS NULL;

CREATE TABLE buster.step_outputs (
    run_id text,
    step_key text,
    output_name text,
    value json NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_step_outputs PRIMARY KEY (run_id, step_key, output_name)
);
CREATE INDEX ix_step_outputs_created_at ON buster.step_outputs (created_at);
"""

_IN_ORDER_OF_REMOVAL = "step_outputs, jobs, messages, chats, data_sources, organization_members, users, organizations"


def upgrade() -> None:
    """Make the tables."""
    op.execute(_TABLES)


def downgrade() -> None:
    """Drop the tables with all that they hold."""
    for table in _IN_ORDER_OF_REMOVAL.split(", "):
        op.execute(f"DROP TABLE buster.{table}")
