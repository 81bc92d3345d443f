"""Imports every model, so that `Base.metadata` has all tables, as migrations need them.

All live in PostgreSQL's schema `buster`, because Dagster's own tables, among them `jobs` and `alembic_version`, fill
`public` of the same database.
"""

from buster_jobs.packages.database import retention_models
from buster_jobs.packages.database.model_base import Base
from buster_jobs.packages.database.people import chat_models, organization_models
from buster_jobs.packages.database.runs import job_models, outcome_models, run_queue_models
from buster_jobs.packages.database.sources import data_source_models, import_models, view_models, warehouse_models

__all__ = [
    "Base",
    "chat_models",
    "data_source_models",
    "import_models",
    "job_models",
    "organization_models",
    "outcome_models",
    "retention_models",
    "run_queue_models",
    "view_models",
    "warehouse_models",
]
