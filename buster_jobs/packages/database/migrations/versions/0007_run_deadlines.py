"""Deadlines of attempts, for the supervisor that has to end them from outside."""

from alembic import op

revision = "0007_run_deadlines"
down_revision = "0006_idempotency_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE buster.run_queue ADD COLUMN deadline_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE buster.run_queue DROP COLUMN deadline_at")
