"""An organization's imports by when they were loaded: views look whether one came since their refresh."""

from alembic import op

revision = "0013_imports_by_organization"
down_revision = "0012_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.execute("CREATE INDEX ix_imports_organization_id_loaded_at ON buster.imports (organization_id, loaded_at)")


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP INDEX buster.ix_imports_organization_id_loaded_at")
