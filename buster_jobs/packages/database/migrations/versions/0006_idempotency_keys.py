"""Idempotency keys."""

from alembic import op

revision = "0006_idempotency_keys"
down_revision = "0005_data_source_permissions"
branch_labels = None
depends_on = None

_TABLE = """
CREATE TABLE buster.idempotency_keys (
    task text,
    key text CONSTRAINT ck_idempotency_keys_key CHECK (btrim(key) <> ''),
    run_id text NOT NULL,
    payload_hash text NOT NULL,
    trigger_id text,
    state text NOT NULL DEFAULT 'claimed' CONSTRAINT ck_idempotency_keys_state CHECK (state IN ('claimed', 'accepted')),
    claimed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (task, key)
);
CREATE INDEX ix_idempotency_keys_claimed_at ON buster.idempotency_keys (claimed_at) WHERE state = 'claimed';
CREATE INDEX ix_idempotency_keys_expires_at ON buster.idempotency_keys (expires_at);
"""


def upgrade() -> None:
    op.execute(_TABLE)


def downgrade() -> None:
    op.execute("DROP TABLE buster.idempotency_keys")
