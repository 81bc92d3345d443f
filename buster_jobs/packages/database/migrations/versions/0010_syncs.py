"""Tables of data sources' tables: how they are copied into the warehouse, and their catalog entries."""

from alembic import op

revision = "0010_syncs"
down_revision = "0009_keys_without_state"
branch_labels = None
depends_on = None

_SYNCED_TABLES = """
CREATE TABLE buster.synced_tables (
    id uuid CONSTRAINT pk_synced_tables PRIMARY KEY DEFAULT gen_random_uuid(),
    data_source_id uuid NOT NULL CONSTRAINT fk_synced_tables_data_source_id
        REFERENCES buster.data_sources ON DELETE CASCADE,
    source_schema text NOT NULL,
    source_table text NOT NULL,
    warehouse_table text NOT NULL,
    cursor_column text,
    key_columns text[],
    columns jsonb,
    cursor_value text,
    staged jsonb,
    row_count bigint,
    status text CONSTRAINT ck_synced_tables_status CHECK (status IN ('succeeded', 'failed')),
    error text,
    error_code text,
    run_id text,
    rows bigint,
    bytes bigint,
    seconds double precision,
    attempted_at timestamptz,
    synced_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT uq_synced_tables_data_source_id UNIQUE (data_source_id, source_schema, source_table),
    CONSTRAINT uq_synced_tables_warehouse_table UNIQUE (data_source_id, warehouse_table),
    CONSTRAINT ck_synced_tables_error CHECK ((status = 'failed') = (error IS NOT NULL))
);
"""

_CATALOG_TABLES = """
CREATE TABLE buster.catalog_tables (
    data_source_id uuid NOT NULL CONSTRAINT fk_catalog_tables_data_source_id
        REFERENCES buster.data_sources ON DELETE CASCADE,
    schema_name text NOT NULL,
    table_name text NOT NULL,
    structure json NOT NULL,
    profile json,
    row_count bigint NOT NULL,
    status text NOT NULL DEFAULT 'current'
        CONSTRAINT ck_catalog_tables_status CHECK (status IN ('current', 'failed', 'gone')),
    error text,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    profiled_at timestamptz,
    CONSTRAINT pk_catalog_tables PRIMARY KEY (data_source_id, schema_name, table_name)
);
"""


def upgrade() -> None:
    op.execute(_SYNCED_TABLES)
    op.execute(_CATALOG_TABLES)


def downgrade() -> None:
    op.execute("DROP TABLE buster.catalog_tables, buster.synced_tables")
