"""What Alembic runs to migrate: on the connection that `migrate.py` hands over, in one transaction."""

from alembic import context
from sqlalchemy import Connection

from buster_jobs.packages.database.model_base import SCHEMA
from buster_jobs.packages.database.models import Base

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    version_table_schema=SCHEMA,
    include_schemas=True,
    include_name=lambda name, type_, _: name == SCHEMA if type_ == "schema" else True,
)
with context.begin_transaction():
    context.run_migrations()
