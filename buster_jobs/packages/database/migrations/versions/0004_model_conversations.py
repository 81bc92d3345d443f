"""Conversations with models, with which an attempt continues instead of paying again."""

from alembic import op

revision = "0004_model_conversations"
down_revision = "0003_suspended_runs"
branch_labels = None
depends_on = None

_TABLE = """
CREATE TABLE buster.model_conversations (
    message_id uuid CONSTRAINT pk_model_conversations PRIMARY KEY,
    transcript json NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ix_model_conversations_updated_at ON buster.model_conversations (updated_at);
"""


def upgrade() -> None:
    op.execute(_TABLE)


def downgrade() -> None:
    op.execute("DROP TABLE buster.model_conversations")
