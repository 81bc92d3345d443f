"""Runs that are claimed or expired: supervisors look for them twice a second, however many others wait."""

from alembic import op

revision = "0014_claimed_runs"
down_revision = "0013_imports_by_organization"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.execute(
        "CREATE INDEX ix_run_queue_claimed ON buster.run_queue (state, deadline_at) "
        "WHERE state IN ('claimed', 'expired')"
    )


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP INDEX buster.ix_run_queue_claimed")
