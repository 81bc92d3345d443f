"""Idempotency keys without a state: Dagster knows the status of a key's run."""

from alembic import op

revision = "0009_keys_without_state"
down_revision = "0008_outcomes"
branch_labels = None
depends_on = None

_BACK = """
ALTER TABLE buster.idempotency_keys
    ADD COLUMN state text NOT NULL DEFAULT 'claimed'
        CONSTRAINT ck_idempotency_keys_state CHECK (state IN ('claimed', 'accepted')),
    ADD COLUMN claimed_at timestamptz NOT NULL DEFAULT clock_timestamp();
CREATE INDEX ix_idempotency_keys_claimed_at ON buster.idempotency_keys (claimed_at) WHERE state = 'claimed';
"""


def upgrade() -> None:
    op.execute("ALTER TABLE buster.idempotency_keys DROP COLUMN state, DROP COLUMN claimed_at")


def downgrade() -> None:
    op.execute(_BACK)
