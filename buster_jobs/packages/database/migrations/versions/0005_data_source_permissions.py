"""What members of an organization may see of its data sources."""

from alembic import op

revision = "0005_data_source_permissions"
down_revision = "0004_model_conversations"
branch_labels = None
depends_on = None

_TABLE = """
CREATE TABLE buster.data_source_permissions (
    id uuid CONSTRAINT pk_data_source_permissions PRIMARY KEY DEFAULT gen_random_uuid(),
    data_source_id uuid NOT NULL CONSTRAINT fk_data_source_permissions_data_source_id
        REFERENCES buster.data_sources (id) ON DELETE CASCADE,
    role text CONSTRAINT ck_data_source_permissions_role CHECK (role IN ('owner', 'admin', 'member')),
    user_id uuid CONSTRAINT fk_data_source_permissions_user_id REFERENCES buster.users (id) ON DELETE CASCADE,
    tables text[],
    hidden_columns text[] NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ck_data_source_permissions_whom CHECK ((role IS NULL) <> (user_id IS NULL)),
    CONSTRAINT uq_data_source_permissions_data_source_id UNIQUE (data_source_id, role)
);
CREATE UNIQUE INDEX uq_data_source_permissions_user_id ON buster.data_source_permissions (data_source_id, user_id);
CREATE INDEX ix_data_source_permissions_user_id ON buster.data_source_permissions (user_id);
"""


def upgrade() -> None:
    op.execute(_TABLE)


def downgrade() -> None:
    op.execute("DROP TABLE buster.data_source_permissions")
