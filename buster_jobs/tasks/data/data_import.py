"""Imports a file, or the result of a query, into a table of an organization's warehouse."""

from pydantic import BaseModel, ConfigDict

from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration
from buster_jobs.packages.warehouse.imports.plan import Plan
from buster_jobs.packages.warehouse.imports.results import ImportResult
from buster_jobs.runtime import TaskCompletion, TaskRun, step, wait_for, workflow


class DataImportPayload(ImportDeclaration):
    """What to import, as which types, and into which table."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "organization_id": "00000000-0000-0000-0000-000000000000",
                "import_id": "flights, January",
                "source": {"file": "flights.csv.zip"},
                "table": "flights",
                "null_words": ["NA"],
            }
        },
    )


class StagedRows(BaseModel):
    """How many rows are staged."""

    rows: int


@step()
def validate_source(payload: DataImportPayload, run: TaskRun) -> Plan:
    """Read the whole source: find every bad row, and the types of a new table's columns."""
    from buster_jobs.packages.warehouse.imports import steps  # SQLAlchemy takes long to import

    return steps.validate(payload, run.run_id)


@step()
def extract_data(payload: DataImportPayload, plan: Plan) -> StagedRows:
    """Read the source again, and stage its good rows, mapped, trimmed and typed."""
    from buster_jobs.packages.warehouse.imports import steps  # SQLAlchemy takes long to import

    return StagedRows(rows=steps.extract(payload, plan))


@step()
def transform_data(payload: DataImportPayload, staged: StagedRows) -> StagedRows:
    """Keep one row for each key."""
    from buster_jobs.packages.warehouse.imports import steps  # SQLAlchemy takes long to import

    return StagedRows(rows=staged.rows - steps.transform(payload))


@step()
def wait_for_window(payload: DataImportPayload, staged: StagedRows) -> StagedRows:
    """Wait for the rate-limit window."""
    wait_for(payload.wait_seconds)
    return staged


@step()
def load_data(payload: DataImportPayload, plan: Plan, staged: StagedRows) -> ImportResult:
    """Load the staged rows into the table: all of them, once."""
    from buster_jobs.packages.warehouse.imports import steps  # SQLAlchemy takes long to import

    return steps.load(payload, plan, staged.rows)


def clean_up(payload: DataImportPayload, completion: TaskCompletion) -> None:
    """Drop the staged rows of an import that has failed or was canceled."""
    if completion.status != "completed":
        from buster_jobs.packages.warehouse.imports import steps  # SQLAlchemy takes long to import

        steps.clean_up(payload)


@workflow(
    payload=DataImportPayload,
    deadline=4 * 3600,
    concurrency={"import:{organization_id}:{import_id}": 1},
    queue="long",
    on_complete=clean_up,
)
def data_import_workflow() -> object:
    """Import a file, or the result of a query, into a table of an organization's warehouse."""
    plan = validate_source()
    staged = wait_for_window(transform_data(extract_data(plan)))
    return load_data(plan, staged)
