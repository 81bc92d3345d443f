"""A folder of files to import, runs of the real task over them, and the tables that come of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest
from sqlalchemy import Engine, text

from buster_jobs.packages.database.sources.imports import Import, ImportReject, get_import, list_rejects
from buster_jobs.packages.warehouse.schemas import organization_schema
from buster_jobs.runtime.testing import TaskResult, run_task
from buster_jobs.tasks.data.data_import import data_import_workflow
from buster_jobs_tests.conftest import OrganizationWithChat


@dataclass
class Importer:
    """Imports into one organization's warehouse."""

    database: Engine
    organization: OrganizationWithChat
    folder: Path
    last_id: str = field(default="")

    @property
    def schema(self) -> str:
        return organization_schema(self.organization.organization_id)

    def write(self, name: str, content: str | bytes) -> str:
        data = content if isinstance(content, bytes) else content.encode()
        (self.folder / name).write_bytes(data)
        return name

    def write_parquet(self, name: str, query: str) -> str:
        duckdb.connect().execute(f"COPY ({query}) TO '{self.folder / name}' (FORMAT parquet)")
        return name

    def payload(self, **declared: Any) -> dict[str, Any]:
        """A payload that imports into the table `t`, unless it is said otherwise."""
        self.last_id = declared.pop("import_id", f"import {uuid4()}")
        source = {"file": declared.pop("file", None)} | declared.pop("source", {})
        whose = {"organization_id": str(self.organization.organization_id), "import_id": self.last_id}
        return {**whose, "source": source, "table": "t", "wait_seconds": 0, **declared}

    def run(self, **declared: Any) -> TaskResult:
        return run_task(data_import_workflow, self.payload(**declared))

    def text(self, content: str | bytes, name: str = "rows.csv", **declared: Any) -> TaskResult:
        """Import a file with this content."""
        return self.run(file=self.write(name, content), **declared)

    def record(self) -> Import:
        return get_import(self.organization.organization_id, self.last_id)

    def rejects(self) -> list[ImportReject]:
        return list_rejects(self.organization.organization_id, self.last_id)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """What a statement gives, in the organization's schema."""
        with self.database.begin() as connection:
            connection.execute(text(f'SET LOCAL search_path TO "{self.schema}"'))
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []

    def sql_in_new_schema(self, statement: str) -> None:
        """Like `sql`, before anything was imported."""
        with self.database.begin() as connection:
            connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{self.schema}"'))
        self.sql(statement)

    def rows(self, table: str = "t") -> list[tuple[Any, ...]]:
        return self.sql(f'SELECT * FROM "{table}" ORDER BY 1')

    def types(self, table: str = "t") -> dict[str, str]:
        return dict(
            self.sql(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                f" WHERE attrelid = '\"{table}\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            )
        )

    def tables(self) -> set[str]:
        with self.database.connect() as connection:
            query = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
            return set(connection.scalars(query, {"schema": self.schema}))


@pytest.fixture
def importer(
    database: Engine, organization: OrganizationWithChat, tmp_path: Path, configure: Callable[..., None]
) -> Importer:
    configure(BUSTER_IMPORT_DIR=str(tmp_path))
    return Importer(database, organization, tmp_path)
